#include "schedule/lanes.h"

#include <algorithm>
#include <bit>

#include "network/builder.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

constexpr std::uint32_t fewest = 2048;  // activities for which it pays,
constexpr double most_alone = 0.25;     // and the share of them that may be computed one by one

/// As gather_dates wants them.
std::uint64_t pair_of(std::int32_t early, std::int32_t late) {
  return std::uint64_t{static_cast<std::uint32_t>(early)} | std::uint64_t{static_cast<std::uint32_t>(late)}
                                                                << 32;
}

LanesArrays::Moved arrays_of(Lanes::Moved const& links, LaneSlots::Ends const& ends) {
  return {links.begin.data(),   links.lagged.data(),       links.end.data(), links.event.data(),
          links.lag.data(),     links.place.data(),        links.own.data(), ends.calendar.data(),
          ends.duration.data(), ends.other_calendar.data()};
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

std::unique_ptr<LanePass> LanePass::of(Pass& pass, LanesWhen when, EditedValues const* edited) {
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
  return made->fill(always ? 1 : most_alone, edited) ? std::move(made) : nullptr;
}

LanePass::Way LanePass::way_of(bool microsoft, PassVariant const& variant) {
  if (microsoft)
    return {variant.microsoft_forward, variant.microsoft_backward, microsoft_early, microsoft_late_with_float,
            variant};
  return {variant.primavera_forward, variant.primavera_backward, primavera_early, primavera_late_with_float,
          variant};
}

LanePass::LanePass(Pass& pass, std::shared_ptr<Lanes const> lanes, LanesWhen when)
    : pass_(pass),
      lanes_(std::move(lanes)),
      microsoft_(pass.rules.tool == Tool::Microsoft),
      way_(way_of(microsoft_, when.variant ? *when.variant : pass_variants().back())) {}

bool LanePass::minutes(std::int64_t t, std::int32_t& to) const {
  auto const since = t - lanes_->origin;
  to = static_cast<std::int32_t>(since / seconds_per_minute);
  return since >= 0 && since % seconds_per_minute == 0 &&
         since < std::int64_t{lanes_->calendars->end()} * seconds_per_minute;
}

std::shared_ptr<LaneSlots const> LanePass::slots(EditedValues const* edited) const {
  if (edited) return edited->slots.of(pass_, lanes_, edited->activities);
  auto& kept = NetworkBuilder::kept(pass_.network);
  auto const make = [&] { return std::make_shared<LaneSlots const>(pass_, *lanes_); };
  if (kept.values.get() != &pass_.activity) return make();
  auto& own = kept.slots[microsoft_];
  std::call_once(own.once, [&] { own.what = make(); });
  return std::static_pointer_cast<LaneSlots const>(own.what);
}

bool LanePass::fill(double share, EditedValues const* edited) {
  slots_ = slots(edited);
  if (slots_->unlike > share * lanes_->slices.activities) return false;
  auto const& slices = lanes_->slices;
  std::vector<std::int32_t> now(pass_.data_date.size());
  for (std::size_t k = 0; k < now.size(); ++k)
    if (!minutes(pass_.data_date[k], now[k])) return false;
  for (auto const& calendar : pass_.network.calendars())
    worked_before_.push_back(calendar.tables().rank(lanes_->origin));
  by_subproject(now, now_);
  if (microsoft_) fill_now_ranks();
  for (auto* const column : {&early_, &late_, &rank_}) column->resize(slices.events());
  both_.resize(slices.events());
  if (microsoft_) late_rank_.resize(slices.events()), late_rank_[slices.always()] = 0;
  both_[slices.always()] = pair_of(out_of_reach, out_of_reach);
  early_[slices.never()] = rank_[slices.never()] = rank_[slices.always()] = 0;
  early_[slices.always()] = late_[slices.always()] = out_of_reach;

  std::size_t const rows = (std::size_t{lanes_->most_rows} + 1) * slice_lanes;
  scratch_.assign(2 * rows + std::size_t{LanesArrays::batch_columns} * LanesArrays::batch_slots +
                      std::size_t{4} * lanes_->most_slots,
                  0);
  arrays_.times = lanes_->calendars->arrays();
  arrays_.slices = slices.slices;
  arrays_.batch = lanes_->batch.data();
  arrays_.first_in = slices.first_in.data(), arrays_.first_out = slices.first_out.data();
  arrays_.in = slices.in.data(), arrays_.out = slices.out.data();
  arrays_.links_in = arrays_of(lanes_->links_in, slots_->of_in);
  arrays_.links_out = arrays_of(lanes_->links_out, slots_->of_out);
  arrays_.duration = slots_->duration.data(), arrays_.calendar = slots_->calendar.data(),
  arrays_.now = now_.data();
  arrays_.part_mask = now.size() == 1 ? slice_lanes - 1 : UINT32_MAX;
  arrays_.now_rank = now_rank_.data(), arrays_.first_rank = first_rank_.data();
  arrays_.early = early_.data(), arrays_.late = late_.data(), arrays_.rank = rank_.data();
  arrays_.late_rank = late_rank_.data(), arrays_.both = both_.data();
  arrays_.moved = scratch_.data(), arrays_.moved_early = arrays_.moved + rows;
  arrays_.asked = arrays_.moved_early + rows;
  arrays_.level = arrays_.asked + std::size_t{LanesArrays::batch_columns} * LanesArrays::batch_slots;
  arrays_.results = results();
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
  arrays_.now_ranks = static_cast<std::uint32_t>(now_rank_.size());
  now_rank_.resize(now_rank_.size() + 2 * slice_lanes);
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
  auto const& times = pass_.calendar(i).tables();
  auto const put = [&](std::uint32_t event, std::int64_t t) {
    bool const known = minutes(t, late_[event]);
    both_[event] = pair_of(early_[event], late_[event]);
    if (microsoft_)
      late_rank_[event] = Lanes::in_minutes(times.rank(t) - worked_before_[pass_.activity.calendar[i]]);
    return known;
  };
  return put(Slices::start_of(slot), start) && put(Slices::finish_of(slot), pass_.out.late_finish[i]);
}

LanesArrays::Results LanePass::results() const {
  static constexpr std::uint32_t none = 0;
  auto& out = pass_.out;
  auto const& links_out = pass_.links.out;
  auto const words = [](BareVector<Cause>& column) {
    return reinterpret_cast<std::uint32_t*>(column.data());
  };
  auto const word = [](Cause cause) { return std::bit_cast<std::uint32_t>(cause); };
  static_assert(LanesArrays::Results::kind_bits + NetworkBuilder::link_bits == 32);
  LanesArrays::Results to{};
  to.record = lanes_->record.data();
  to.first_in = pass_.first_in, to.first_out = pass_.first_out;
  to.links_out = links_out.empty() ? &none : links_out.data();
  to.early_start = out.early_start.data(), to.early_finish = out.early_finish.data();
  to.late_start = out.late_start.data(), to.late_finish = out.late_finish.data();
  to.total_float = out.total_float.data(), to.free_float = out.free_float.data();
  to.start_cause = words(out.start_cause), to.finish_cause = words(out.finish_cause);
  to.late_start_cause = words(out.late_start_cause), to.late_finish_cause = words(out.late_finish_cause);
  to.driving = out.driving.data(), to.driving_end = to.driving + out.driving.size();
  to.by_link = word({Driver::Link, 0}), to.by_duration = word(Driver::Duration);
  to.by_project_start = word(microsoft_ ? Driver::ProjectStart : Driver::DataDate);
  to.by_project_finish = word(Driver::ProjectFinish);
  return to;
}

void LanePass::enter(std::uint32_t level) {
  arrays_.level_slot = lanes_->batch[lanes_->level[level]] * slice_lanes;
}

// The rules leave alone what does not count, and write all of what is plain: what the loops told of that
// goes.

void LanePass::forget_early(std::uint32_t i) {
  auto& out = pass_.out;
  for (auto k = pass_.first_in[i]; k < pass_.last_in[i]; ++k) out.driving[k] = 0;
  out.early_start[i] = out.early_finish[i] = no_instant;
  out.start_cause[i] = out.finish_cause[i] = {};
}

void LanePass::forget_late(std::uint32_t i) {
  auto& out = pass_.out;
  out.late_start[i] = out.late_finish[i] = no_instant;
  out.total_float[i] = out.free_float[i] = 0;
  out.late_start_cause[i] = out.late_finish_cause[i] = {};
}

bool LanePass::compute(std::uint32_t level, std::vector<std::uint32_t> const& alone, Forget forget, Rule rule,
                       Put put) {
  auto const last = lanes_->level_begin[level + 1];
  try {
    for (auto at = std::lower_bound(alone.begin(), alone.end(), lanes_->level_begin[level]);
         at != alone.end() && *at < last; ++at) {
      (this->*forget)(*at);
      rule(pass_, *at);
      if (!(this->*put)(*at)) return false;
    }
  } catch (InvalidInput const&) {
    return false;  // The passes one by one tell which activity it was, the same one each time.
  }
  return true;
}

bool LanePass::forward() {
  if (levels_forward()) return true;
  for (auto const i : slots_->alone_early) forget_early(i);
  return false;
}

bool LanePass::levels_forward() {
  for (std::uint32_t level = 0; level + 1 < lanes_->level.size(); ++level) {
    enter(level);
    for (auto batch = lanes_->level[level]; batch < lanes_->level[level + 1]; ++batch)
      if (!way_.forward(arrays_, batch)) return false;
    way_.variant.tell_early(arrays_, lanes_->level_begin[level], lanes_->level_begin[level + 1]);
    if (!compute(level, slots_->alone_early, &LanePass::forget_early, way_.early, &LanePass::put_early))
      return false;
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

bool LanePass::backward() {
  if (levels_backward()) return true;
  for (auto const i : slots_->alone_late) forget_late(i);
  return false;
}

bool LanePass::levels_backward() {
  if (!fill_finishes()) return false;
  // Placed as late as possible since.
  bool known = true;
  pass_.each_special(0, lanes_->slices.activities, [&](std::uint32_t i) {
    if (pass_.activity.constraint[i] == ConstraintKind::AsLateAsPossible) known = known && put_early(i);
  });
  if (!known) return false;
  for (auto level = static_cast<std::uint32_t>(lanes_->level.size() - 1); level-- > 0;) {
    enter(level);
    for (auto batch = lanes_->level[level + 1]; batch-- > lanes_->level[level];)
      if (!way_.backward(arrays_, batch)) return false;
    way_.variant.tell_late(arrays_, lanes_->level_begin[level], lanes_->level_begin[level + 1]);
    if (!compute(level, slots_->alone_late, &LanePass::forget_late, way_.late, &LanePass::put_late))
      return false;
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
  way_.variant.rank_early(arrays_);
  return backward();
}

}  // namespace rapport
