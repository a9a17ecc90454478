// How a network is laid out for passes in lanes.

#include <algorithm>
#include <cstdlib>

#include "network/slices.h"
#include "rapport/base/error.h"
#include "schedule/lanes.h"

namespace rapport {
namespace {

constexpr std::int32_t most_days = 11000;
static_assert(most_days * std::int64_t{1440} << LanesArrays::row_bits < INT32_MAX, "floats beside rows");
constexpr std::int64_t days_before = 366;  // of the data date, for late dates that lie before it

/// Whole minutes that the loops can count with.
bool are_minutes(std::int64_t seconds) {
  return seconds % seconds_per_minute == 0 && std::abs(seconds) < Lanes::longest * seconds_per_minute;
}

/// Links that the loops know: between activities, with working time as lag.
bool is_known(NetworkLinks const& links, std::uint32_t k) {
  if (links.of_summary[k] != 0) return false;
  return links.lag[k] == 0 || (links.lag_kind[k] == LagKind::Working && are_minutes(links.lag[k]));
}

class Layout {
 public:
  explicit Layout(Pass const& pass) : pass_(pass), links_(pass.links), n_(pass.first_spanning) {}

  std::shared_ptr<Lanes const> make(bool anyhow) {
    find_alone();
    if (!number() || (!anyhow && !is_dense()) || !tell_calendars()) return nullptr;
    clear_rows(out_->slices);
    fill();
    find_batches();
    gather(out_->links_in, out_->slices.in, true);
    gather(out_->links_out, out_->slices.out, false);
    return out_;
  }

 private:
  [[nodiscard]] bool counts(std::uint32_t other) const { return other < n_; }

  bool number() {
    SliceScratch scratch;
    scratch.order.resize(n_), scratch.links_in.resize(n_);
    scratch.first.assign(n_ + 1, 0);
    std::vector<std::uint32_t> level(n_, 0);
    for (std::uint32_t i = 0; i < n_; ++i) {
      auto const in = links_.first_in[i + 1] - links_.first_in[i];
      auto const out = links_.first_out[i + 1] - links_.first_out[i];
      bool const rows = out_->alone[i] == 0;
      scratch.order[i] = i;
      scratch.links_in[i] = rows ? in : 0;
      scratch.first[i + 1] = scratch.first[i] + (rows ? out : 0);
      for (auto k = links_.first_in[i]; k < links_.first_in[i + 1]; ++k) {
        auto const p = links_.predecessor[k];
        if (counts(p)) level[i] = std::max(level[i], level[p] + 1);
      }
      if (i > 0 && level[i] < level[i - 1]) return false;
      if (i == 0 || level[i] != level[i - 1]) scratch.level_begin.push_back(i);
    }
    scratch.level_begin.push_back(n_);
    auto& slices = out_->slices;
    out_->level_begin = scratch.level_begin;
    number_slots(n_, slices, scratch);
    out_->activity_of.assign(slices.slots(), ActivityIndex::none);
    for (std::uint32_t i = 0; i < n_; ++i) out_->activity_of[slices.slot_of[i]] = i;
    return true;
  }

  [[nodiscard]] bool is_dense() const {
    constexpr std::size_t loosest = 2;
    auto const& slices = out_->slices;
    std::size_t const rows = std::size_t{slices.first_in.back()} + slices.first_out.back();
    return slices.slots() <= loosest * n_ && rows * slice_lanes <= 2 * loosest * (links_.type.size() + n_);
  }

  bool tell_calendars() {
    auto const& parts = pass_.data_date;
    auto const first = *std::min_element(parts.begin(), parts.end()) - days_before * seconds_per_day;
    out_->origin = first - (first % seconds_per_day + seconds_per_day) % seconds_per_day;
    auto last = out_->origin + most_days * seconds_per_day;
    for (auto const& calendar : pass_.network.calendars())
      if (!calendar.tables().round_the_clock) last = std::min(last, calendar.tables().end);
    auto const days = (last - out_->origin) / seconds_per_day;
    if (days < 2 * days_before) return false;
    try {
      out_->calendars.emplace(pass_.network.calendars(), Instant{out_->origin},
                              static_cast<std::int32_t>(days));
    } catch (InvalidInput const&) {
      return false;
    }
    return true;
  }

  void find_alone() {
    out_->alone.assign(n_, 0);
    for (std::uint32_t i = 0; i < n_; ++i) {
      auto const in = links_.first_in[i + 1] - links_.first_in[i];
      auto const out = links_.first_out[i + 1] - links_.first_out[i];
      if (in > LanesArrays::most_links || out > LanesArrays::most_links) out_->alone[i] = 1;
    }
    for (std::uint32_t k = 0; k < links_.type.size(); ++k) {
      if (is_known(links_, k)) continue;
      for (auto const end : {links_.predecessor[k], links_.successor[k]})
        if (counts(end)) out_->alone[end] = 1;
    }
  }

  void fill() {
    auto& slices = out_->slices;
    for (std::uint32_t i = 0; i < n_; ++i) {
      if (out_->alone[i] != 0) continue;
      auto const slot = slices.slot_of[i], s = slot / slice_lanes, lane = slot % slice_lanes;
      Slices::Row* row = slices.in.data() + slices.first_in[s];
      for (auto k = links_.first_in[i]; k < links_.first_in[i + 1]; ++k, ++row) {
        auto const p = links_.predecessor[k];
        if (!counts(p)) continue;
        auto const type = links_.type[k];
        auto const other = slices.slot_of[p];
        row->event[lane] = from_start(type) ? Slices::start_of(other) : Slices::finish_of(other);
        row->lag[lane] = Lanes::in_minutes(links_.lag[k]) * 2 + to_finish(type);
      }
      row = slices.out.data() + slices.first_out[slices.turn_of(s)];
      for (auto o = links_.first_out[i]; o < links_.first_out[i + 1]; ++o, ++row) {
        auto const [to, type, lagged, other_lag, of_summary] = pass_.link_out(o);
        if (!counts(to)) continue;
        auto const other = slices.slot_of[to];
        row->event[lane] = to_finish(type) ? Slices::finish_of(other) : Slices::start_of(other);
        row->lag[lane] = Lanes::in_minutes(links_.out_lag[o]) * 2 + from_start(type);
      }
    }
  }

  void find_batches() {
    auto const& slices = out_->slices;
    std::uint32_t level_begin = 0;
    for (std::uint32_t s = 0; s < slices.slices; ++s) {
      bool const new_level = s == 0 || slices.level_of_slice[s] != slices.level_of_slice[s - 1];
      if (new_level) out_->level.push_back(static_cast<std::uint32_t>(out_->batch.size())), level_begin = s;
      if (new_level || s - out_->batch.back() == Batches::most) out_->batch.push_back(s);
      out_->most_slots = std::max(out_->most_slots, (s + 1 - level_begin) * slice_lanes);
    }
    out_->level.push_back(static_cast<std::uint32_t>(out_->batch.size()));
    out_->batch.push_back(slices.slices);
    out_->record.resize(n_);
    for (std::size_t l = 0; l + 1 < out_->level.size(); ++l) {
      auto const begin = out_->batch[out_->level[l]] * slice_lanes;
      for (auto i = out_->level_begin[l]; i < out_->level_begin[l + 1]; ++i)
        out_->record[i] = LanesArrays::record(slices.slot_of[i] - begin);
    }
    for (std::size_t b = 0; b + 1 < out_->batch.size(); ++b) {
      auto const [in, out] = std::pair{rows(b, true), rows(b, false)};
      out_->most_rows = std::max({out_->most_rows, in.second - in.first, out.second - out.first});
    }
  }

  [[nodiscard]] std::pair<std::uint32_t, std::uint32_t> rows(std::size_t b, bool forward) const {
    auto const& slices = out_->slices;
    auto const first = out_->batch[b], last = out_->batch[b + 1];
    if (forward) return {slices.first_in[first], slices.first_in[last]};
    return {slices.first_out[slices.slices - last], slices.first_out[slices.slices - first]};
  }

  void gather(Lanes::Moved& to, AlignedVector<Slices::Row> const& rows_of, bool forward) {
    auto const& slices = out_->slices;
    for (auto* const column : {&to.lag, &to.place, &to.own}) column->reserve(links_.type.size() / 2);
    to.event.reserve(links_.type.size() / 2);
    auto const list = [&](std::uint32_t b, auto&& wanted) {
      auto const begin = rows(b, forward).first;
      for (auto s = out_->batch[b]; s < out_->batch[b + 1]; ++s) {
        auto const& first = forward ? slices.first_in : slices.first_out;
        auto const turn = forward ? s : slices.turn_of(s);
        for (auto r = first[turn]; r < first[turn + 1]; ++r) {
          for (std::uint32_t lane = 0; lane < slice_lanes; ++lane) {
            auto const lag = rows_of[r].lag[lane];
            if (!wanted(lag)) continue;
            to.event.push_back(rows_of[r].event[lane]);
            to.lag.push_back(lag);
            to.place.push_back(static_cast<std::int32_t>((r - begin) * slice_lanes + lane));
            to.own.push_back(static_cast<std::int32_t>(s * slice_lanes + lane));
          }
        }
      }
      while (to.event.size() % slice_lanes != 0) {
        to.event.push_back(forward ? slices.never() : slices.always());
        to.lag.push_back(0);
        to.place.push_back(static_cast<std::int32_t>(out_->most_rows * slice_lanes));
        to.own.push_back(static_cast<std::int32_t>(slices.slots()));
      }
      return static_cast<std::uint32_t>(to.event.size());
    };
    bool const microsoft = pass_.rules.tool == Tool::Microsoft;
    auto const second = [&](std::int32_t lag) {
      return lag >> 1 != 0 && (!forward || !microsoft || (lag & 1) != 0);
    };
    auto const first = [&](std::int32_t lag) {
      return (forward ? microsoft && lag != 0 : lag == 1) && !second(lag);
    };
    // In the order in which a pass comes to them, so that it reads memory upward.
    auto const batches = static_cast<std::uint32_t>(out_->batch.size() - 1);
    for (auto* const column : {&to.begin, &to.lagged, &to.end}) column->resize(batches);
    for (std::uint32_t turn = 0; turn < batches; ++turn) {
      auto const b = forward ? turn : batches - 1 - turn;
      to.begin[b] = static_cast<std::uint32_t>(to.event.size());
      to.lagged[b] = list(b, first);
      to.end[b] = list(b, second);
    }
  }

  Pass const& pass_;
  NetworkLinks const& links_;
  std::uint32_t const n_;
  std::shared_ptr<Lanes> out_ = std::make_shared<Lanes>();
};

}  // namespace

std::shared_ptr<Lanes const> lay_out(Pass const& pass, bool anyhow) { return Layout(pass).make(anyhow); }

}  // namespace rapport
