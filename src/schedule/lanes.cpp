#include "schedule/lanes.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "network/builder.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::uint32_t fewest = 2048;  // activities for which it pays,
constexpr double most_alone = 0.25;     // and the share of them that may be computed one by one

/// to[first] … to[last - 1] = the bits of `bits`, the lowest first.
void put_bits(AlignedVector<std::uint8_t>& to, std::uint32_t first, std::uint32_t last, std::uint32_t bits) {
  auto const count = last - first;
  if (count < 8 && first + 8 <= to.size()) {
    // Each byte its own bit of what all hold, and that as 0 or 1; the bytes behind them stay.
    std::uint64_t const own = (bits & 255) * 0x0101010101010101U & 0x8040201008040201U;
    std::uint64_t const bytes = (own + 0x7f7f7f7f7f7f7f7fU) >> 7 & 0x0101010101010101U;
    std::uint64_t const mask = (std::uint64_t{1} << 8 * count) - 1;
    std::uint64_t there = 0;
    std::memcpy(&there, &to[first], sizeof there);
    there = (there & ~mask) | (bytes & mask);
    std::memcpy(&to[first], &there, sizeof there);
    return;
  }
  for (auto k = first; k < last; ++k) to[k] = bits >> (k - first) & 1;
}

/// None as long as all schedules so far have not taken as long as to lay it out: two, and those that
/// calendars alone take, of which small plans have as many days.
std::shared_ptr<Lanes const> lanes_of(Pass const& pass, bool at_once) {
  auto& kept = NetworkBuilder::kept(pass.network).lanes[pass.rules.tool == Tool::Microsoft];
  auto const after = at_once ? 0 : 2 + 32768 / pass.first_spanning;
  if (kept.asked < after && kept.asked++ < after) return nullptr;
  std::call_once(kept.once, [&] { kept.what = lay_out(pass, at_once); });
  return std::static_pointer_cast<Lanes const>(kept.what);
}

}  // namespace

LanesArrays::Moved Lanes::Moved::arrays() const {
  return {begin.data(), lagged.data(), end.data(), event.data(), lag.data(), place.data(), own.data()};
}

std::unique_ptr<LanePass> LanePass::of(Pass& pass, LanesWhen when) {
  auto const& rules = pass.rules;
  bool const known = rules.tool == Tool::Primavera
                         ? rules.lag_calendar == LagCalendar::Predecessor && !pass.overrides
                         : rules.lag_calendar == LagCalendar::Successor && !rules.from_finish;
  if (!known || rules.open_ends_critical || when.pays == LanesWhen::Never) return nullptr;
  bool const always = when.pays == LanesWhen::Always;
  if (pass.first_spanning < (always ? 1U : fewest)) return nullptr;
  auto lanes = lanes_of(pass, always);
  if (!lanes) return nullptr;
  std::unique_ptr<LanePass> made(new LanePass(pass, std::move(lanes), when));
  return made->fill(always ? 1 : most_alone) ? std::move(made) : nullptr;
}

LanePass::LanePass(Pass& pass, std::shared_ptr<Lanes const> lanes, LanesWhen when)
    : pass_(pass), lanes_(std::move(lanes)), microsoft_(pass.rules.tool == Tool::Microsoft) {
  auto const& variant = when.variant ? *when.variant : pass_variants().back();
  way_ = microsoft_ ? Way{variant.microsoft_forward, variant.microsoft_backward, microsoft_early,
                          microsoft_late_with_float, variant.rank_early}
                    : Way{variant.primavera_forward, variant.primavera_backward, primavera_early,
                          primavera_late_with_float, variant.rank_early};
}

bool LanePass::minutes(std::int64_t t, std::int32_t& to) const {
  auto const since = t - lanes_->origin;
  to = static_cast<std::int32_t>(since / seconds_per_minute);
  return since >= 0 && since % seconds_per_minute == 0 &&
         since < std::int64_t{lanes_->calendars->end()} * seconds_per_minute;
}

bool LanePass::fill_slots(double share) {
  auto const& a = pass_.activity;
  auto const& slices = lanes_->slices;
  std::size_t const slots = slices.slots();
  alone_.resize(slices.activities);
  for (auto* const column : {&duration_, &calendar_}) {
    column->resize(slots + slice_lanes);
    std::fill(column->end() - slice_lanes, column->end(), 0);
  }
  std::vector<std::uint32_t> not_plain;
  std::uint32_t count = 0;
  std::int64_t const *const remaining = a.remaining.data(), *const whole = a.duration.data();
  std::uint32_t const *const activity_of = lanes_->activity_of.data(), *const calendars = a.calendar.data();
  std::uint8_t const *const plain = a.plain.data(), *const special = lanes_->alone.data();
  std::uint8_t* const alone = alone_.data();
  std::int32_t *const duration = duration_.data(), *const calendar = calendar_.data();
  for (std::uint32_t slot = 0; slot < slots; ++slot) {
    auto const i = activity_of[slot];
    if (i == ActivityIndex::none) {
      duration[slot] = calendar[slot] = 0;
      continue;
    }
    auto const left = remaining[i];
    auto const minutes = Lanes::in_minutes(left);
    bool known = plain[i] != 0 && special[i] == 0 && !pass_.assigned(i) && left >= 0 &&
                 left == std::int64_t{minutes} * seconds_per_minute && minutes < Lanes::longest;
    if (microsoft_) known = known && left > 0 && left == whole[i];
    alone[i] = known ? 0 : 3;
    duration[slot] = known ? minutes : 0;
    calendar[slot] = static_cast<std::int32_t>(calendars[i]);
    count += !known;
    if (plain[i] == 0) not_plain.push_back(i);
  }
  if (count > share * slices.activities) return false;
  for (auto const i : not_plain) mark_around(i);
  return true;
}

/// Of what is not plain, the neighbours that its links do not hold as the loops think.
void LanePass::mark_around(std::uint32_t i) {
  auto const& links = pass_.links;
  auto const mark = [&](std::uint32_t other, std::uint8_t ways) {
    if (other < alone_.size()) alone_[other] |= ways;
  };
  if (microsoft_ && (pass_.completed(i) || pass_.inactive(i))) {
    for (auto k = pass_.first_in[i]; k < pass_.last_in[i]; ++k) mark(links.predecessor[k], 2);
  }
  for (auto o = pass_.first_out[i]; o < pass_.last_out[i]; ++o) {
    auto const k = links.out[o];
    // What has begun has used up some of its lags.
    bool const used = !microsoft_ && links.lag[k] != 0;
    if (used || pass_.inactive(i)) mark(links.successor[k], 1);
  }
}

bool LanePass::fill(double share) {
  if (!fill_slots(share)) return false;
  auto const& slices = lanes_->slices;
  std::vector<std::int32_t> now(pass_.data_date.size());
  for (std::size_t k = 0; k < now.size(); ++k)
    if (!minutes(pass_.data_date[k], now[k])) return false;
  for (auto const& calendar : pass_.network.calendars())
    worked_before_.push_back(calendar.tables().rank(lanes_->origin));
  by_subproject(now, now_);
  if (microsoft_) fill_now_ranks();
  for (auto* const column : {&early_, &late_, &rank_}) column->resize(slices.events());
  early_[slices.never()] = rank_[slices.never()] = rank_[slices.always()] = 0;
  early_[slices.always()] = late_[slices.always()] = out_of_reach;

  std::size_t const rows = (std::size_t{lanes_->most_rows} + 1) * slice_lanes;
  scratch_.assign(2 * rows + std::size_t{LanesArrays::columns} * LanesArrays::batch_slots, 0);
  arrays_.times = lanes_->calendars->arrays();
  arrays_.slices = slices.slices;
  arrays_.batch = lanes_->batch.data();
  arrays_.first_in = slices.first_in.data(), arrays_.first_out = slices.first_out.data();
  arrays_.in = slices.in.data(), arrays_.out = slices.out.data();
  arrays_.links_in = lanes_->links_in.arrays(), arrays_.links_out = lanes_->links_out.arrays();
  arrays_.duration = duration_.data(), arrays_.calendar = calendar_.data(), arrays_.now = now_.data();
  arrays_.part_mask = now.size() == 1 ? slice_lanes - 1 : UINT32_MAX;
  arrays_.now_rank = now_rank_.data(), arrays_.first_rank = first_rank_.data();
  arrays_.early = early_.data(), arrays_.late = late_.data(), arrays_.rank = rank_.data();
  arrays_.moved = scratch_.data(), arrays_.moved_early = arrays_.moved + rows;
  arrays_.asked = arrays_.moved_early + rows;
  seconds_.resize(std::size_t{4} * LanesArrays::batch_slots);
  arrays_.starts = seconds_.data(), arrays_.finishes = arrays_.starts + LanesArrays::batch_slots;
  arrays_.totals = arrays_.finishes + LanesArrays::batch_slots;
  arrays_.frees = arrays_.totals + LanesArrays::batch_slots;
  arrays_.origin = lanes_->origin;
  return true;
}

void LanePass::by_subproject(std::vector<std::int32_t> const& values,
                             AlignedVector<std::int32_t>& by_slot) const {
  bool const one = values.size() == 1;
  by_slot.assign(one ? slice_lanes : lanes_->slices.slots() + slice_lanes, values.front());
  for (std::uint32_t i = 0; !one && i < lanes_->slices.activities; ++i)
    by_slot[lanes_->slices.slot_of[i]] = values[pass_.activity.subproject[i]];
}

void LanePass::fill_now_ranks() {
  std::vector<std::int32_t> first;
  for (auto const now : pass_.data_date) {
    first.push_back(static_cast<std::int32_t>(now_rank_.size()));
    for (std::size_t c = 0; c < worked_before_.size(); ++c) {
      auto const& times = pass_.calendars[c].tables();
      auto const rank = times.rank(now);
      bool const paused = times.since(rank) < now;
      now_rank_.push_back(Lanes::in_minutes(rank - worked_before_[c]) * 2 + paused);
    }
  }
  by_subproject(first, first_rank_);
}

bool LanePass::put_early(std::uint32_t i) {
  auto const& times = pass_.calendar(i).tables();
  auto const before = worked_before_[pass_.activity.calendar[i]];
  auto const put = [&](std::uint32_t event, std::int64_t t) {
    if (!minutes(t, early_[event])) return false;
    auto const rank = times.rank(t) - before;
    rank_[event] = static_cast<std::int32_t>(rank / seconds_per_minute);
    return rank % seconds_per_minute == 0;
  };
  auto const slot = lanes_->slices.slot_of[i];
  return put(Slices::start_of(slot), pass_.out.early_start[i]) &&
         put(Slices::finish_of(slot), pass_.out.early_finish[i]);
}

bool LanePass::put_late(std::uint32_t i) {
  auto const slot = lanes_->slices.slot_of[i];
  auto const start = microsoft_ && pass_.activity.plain[i] == 0 ? start_without_levelling(pass_, i)
                                                                : pass_.out.late_start[i];
  return minutes(start, late_[Slices::start_of(slot)]) &&
         minutes(pass_.out.late_finish[i], late_[Slices::finish_of(slot)]);
}

// Writing flags is writing to anything, for all that a compiler knows: so arrays are named before the loops.

void LanePass::emit_early(std::uint32_t batch) {
  auto& out = pass_.out;
  auto const first = lanes_->batch[batch] * slice_lanes,
             count = lanes_->batch[batch + 1] * slice_lanes - first;
  std::int32_t const *const by_link = arrays_.column(LanesArrays::by_link),
                            *const drives = arrays_.column(LanesArrays::drive),
                            *const holds = arrays_.column(LanesArrays::hold);
  std::int64_t const *const start = arrays_.starts, *const finish = arrays_.finishes;
  std::uint32_t const *const activity_of = lanes_->activity_of.data() + first, *const first_in =
                                                                                   pass_.first_in;
  std::uint8_t const* const alone = alone_.data();
  auto *const starts = out.early_start.data(), *const finishes = out.early_finish.data();
  auto *const start_cause = out.start_cause.data(), *const finish_cause = out.finish_cause.data();
  Cause const without_links = microsoft_ ? Driver::ProjectStart : Driver::DataDate;
  alone_in_batch_.clear();
  for (std::uint32_t place = 0; place < count; ++place) {
    auto const i = activity_of[place];
    if (i == ActivityIndex::none) continue;
    if ((alone[i] & 1) != 0) {
      alone_in_batch_.push_back(i);
      continue;
    }
    auto const first_link = first_in[i], last_link = first_in[i + 1];
    auto const cause_of = [&](std::int32_t row, Cause otherwise) {
      return row < out_of_reach ? Cause{Driver::Link, first_link + static_cast<std::uint32_t>(row)}
                                : otherwise;
    };
    starts[i] = start[place], finishes[i] = finish[place];
    start_cause[i] = cause_of(by_link[place], without_links);
    finish_cause[i] = cause_of(holds[place], Driver::Duration);
    put_bits(out.driving, first_link, last_link, static_cast<std::uint32_t>(drives[place]));
  }
}

bool LanePass::compute(Rule rule, Put put) {
  try {
    for (auto const i : alone_in_batch_) {
      rule(pass_, i);
      if (!(this->*put)(i)) return false;
    }
  } catch (InvalidInput const&) {
    return false;  // The passes one by one tell which activity it was, the same one each time.
  }
  return true;
}

bool LanePass::forward() {
  for (std::uint32_t batch = 0; batch + 1 < lanes_->batch.size(); ++batch) {
    if (!way_.forward(arrays_, batch)) return false;
    emit_early(batch);
    if (!compute(way_.early, &LanePass::put_early)) return false;
  }
  return true;
}

bool LanePass::fill_finishes() {
  std::size_t const parts = pass_.out.must_finish.size();
  // Nothing but empty lanes is in those that have no finish.
  std::vector<std::int32_t> must(parts, lanes_->calendars->end() - 1), needed = must;
  for (std::size_t k = 0; k < parts; ++k) {
    if (pass_.out.scheduled_finish[k] == no_instant) continue;
    if (!minutes(pass_.out.must_finish[k], must[k]) || !minutes(pass_.out.scheduled_finish[k], needed[k]))
      return false;
  }
  by_subproject(must, must_);
  by_subproject(needed, needed_);
  arrays_.must = must_.data(), arrays_.needed = needed_.data();
  return true;
}

void LanePass::emit_late(std::uint32_t batch) {
  auto& out = pass_.out;
  auto const first = lanes_->batch[batch] * slice_lanes,
             count = lanes_->batch[batch + 1] * slice_lanes - first;
  std::int32_t const* const holds = arrays_.column(LanesArrays::hold);
  std::int64_t const *const start = arrays_.starts, *const finish = arrays_.finishes,
                            *const total = arrays_.totals, *const free = arrays_.frees;
  std::uint32_t const *const activity_of = lanes_->activity_of.data() + first,
                             *const first_out = pass_.first_out, *const links_out = pass_.links.out.data();
  std::uint8_t const* const alone = alone_.data();
  auto *const starts = out.late_start.data(), *const finishes = out.late_finish.data(),
              *const totals = out.total_float.data(), *const frees = out.free_float.data();
  auto *const start_cause = out.late_start_cause.data(), *const finish_cause = out.late_finish_cause.data();
  alone_in_batch_.clear();
  for (std::uint32_t place = 0; place < count; ++place) {
    auto const i = activity_of[place];
    if (i == ActivityIndex::none) continue;
    if ((alone[i] & 2) != 0) {
      alone_in_batch_.push_back(i);
      continue;
    }
    auto const row = holds[place];
    starts[i] = start[place], finishes[i] = finish[place];
    totals[i] = total[place], frees[i] = free[place];
    start_cause[i] = {Driver::Duration};
    finish_cause[i] = row < out_of_reach
                          ? Cause{Driver::Link, links_out[first_out[i] + static_cast<std::uint32_t>(row)]}
                          : Cause{Driver::ProjectFinish};
  }
}

bool LanePass::backward() {
  if (!fill_finishes()) return false;
  // Placed as late as possible since.
  auto const& constraint = pass_.activity.constraint;
  for (std::uint32_t i = 0; i < lanes_->slices.activities; ++i)
    if (constraint[i] == ConstraintKind::AsLateAsPossible && !put_early(i)) return false;
  for (auto batch = static_cast<std::uint32_t>(lanes_->batch.size() - 1); batch-- > 0;) {
    if (!way_.backward(arrays_, batch)) return false;
    emit_late(batch);
    if (!compute(way_.late, &LanePass::put_late)) return false;
  }
  return true;
}

bool LanePass::backward_alone() {
  auto const& out = pass_.out;
  for (std::uint32_t slot = 0; slot < lanes_->slices.slots(); ++slot) {
    auto const i = lanes_->activity_of[slot];
    auto& start = early_[Slices::start_of(slot)];
    auto& finish = early_[Slices::finish_of(slot)];
    if (i == ActivityIndex::none)
      start = finish = 0;
    else if (!minutes(out.early_start[i], start) || !minutes(out.early_finish[i], finish))
      return false;
  }
  way_.rank_early(arrays_);
  return backward();
}

}  // namespace rapport
