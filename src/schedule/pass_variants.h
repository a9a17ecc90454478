#pragma once
// The passes of critical_path.h once for each width of vectors that this processor may have.

#include <cstdint>
#include <span>

#include "rapport/schedule/calendar_path.h"
#include "rapport/schedule/critical_path.h"
#include "rapport/schedule/scenarios.h"

namespace rapport {

inline constexpr std::uint32_t slice_lanes = Slices::lanes;
/// A minute that no plan comes to, for what links do not ask.
inline constexpr std::int32_t out_of_reach = 1 << 30;

/// The arrays of a Slices and its CriticalPath, as the loops want them.
struct PassArrays {
  PassArrays(Slices const& network, CriticalPath& path);

  std::uint32_t slices;
  std::uint32_t const *first_in, *first_out;
  Slices::Row const *in, *out;
  std::int32_t const* duration;
  std::int32_t *early, *late, *total_float, *free_float;
  std::uint64_t* both;
};

/// Room for the dates that a variant keeps, and those of the two events that stand for no link: `never`, and
/// far_time.
void make_room(Slices const& network, bool keeps_pairs, std::int32_t never, PathDates& dates);

/// Of sixteen scenarios side by side: rows of sixteen times. Two slots more stand for no link: `never` of
/// Slices is the start of the first, `always` that of the second.
struct ScenarioArrays {
  static constexpr std::uint32_t lanes = ScenarioDates::lanes;
  std::uint32_t slices;
  std::uint32_t const *first_in, *first_out;
  Slices::Row const *in, *out;
  std::int32_t const* duration;             ///< By slot, without the changes.
  std::uint32_t const* change_of;           ///< By slot: its row of `changes`; 0 for none.
  std::int32_t const* changes;              ///< Rows of what each scenario adds.
  std::int32_t *early_finish, *late_start;  ///< Rows by slot.
  std::int32_t* finish;                     ///< One row.
};

/// The arrays of MinuteCalendars.
struct MinuteCalendars::Arrays {
  std::int32_t const* day;
  std::uint64_t const* bucket;
  std::int32_t const* shift;
  std::int32_t end, days, buckets, bits, bucket_mask, last_rank, kinds, shift_row, shifts;
  bool steps;
};

/// Those of a Slices and its CalendarPath.
struct CalendarPassArrays {
  CalendarPassArrays(Slices const& network, MinuteCalendars const& calendars, CalendarPath& path);

  struct Batch {
    std::uint32_t count;  ///< Of batches.
    std::uint32_t const *slice, *lagged, *event;
    std::int32_t const *calendar, *shift, *place;
  };

  MinuteCalendars::Arrays times;
  std::uint32_t slices;
  std::uint32_t const *first_in, *first_out;
  Slices::Row const *in, *out;
  Batch forward, backward;
  std::int32_t const *duration, *calendar;
  std::int32_t *early, *late, *rank, *total_float, *free_float;
  std::uint64_t* both;
  std::int32_t *moved, *moved_early;  ///< What links that are moved ask for, by row and lane.
  std::int32_t* asked;                ///< Columns of what the slots of the batch are asked for.
  std::int32_t start;

  static constexpr std::uint32_t batch_slots = Batches::most * Slices::lanes, columns = 4;
  /// For batches of that many rows, and one more row for nobody to read.
  static std::size_t scratch_size(std::uint32_t rows) {
    return std::size_t{2} * (rows + 1) * Slices::lanes + std::size_t{columns} * batch_slots;
  }
};

/// A network laid out by Lanes, and what a pass under a tool's rules reads and leaves of it, in minutes.
struct LanesArrays {
  /// Links that the loops take apart from the others, by batch in two parts, from `begin` and from `lagged`
  /// on, each filled up to whole slices. Forward: Primavera's with lag are all in the second, Microsoft's
  /// those that hold a finish after a lag, and in the first its others with lag and those that hold a finish.
  /// Backward: from a start without lag, with lag.
  struct Moved {
    std::uint32_t const *begin, *lagged, *end, *event;
    std::int32_t const *lag, *place, *own;
    /// Calendar and duration of the slot in the batch, and the calendar of the other end. Primavera's links
    /// in have the last one alone, its links out the first two, Microsoft's links in, too.
    std::int32_t const *calendar, *duration, *other_calendar;
  };

  MinuteCalendars::Arrays times;
  std::uint32_t slices;
  std::uint32_t const *batch, *first_in, *first_out;
  Slices::Row const *in, *out;
  Moved links_in, links_out;
  std::int32_t const *duration, *calendar;  ///< By slot.
  /// By slot & part_mask, of its project: not before; late and early by when it is to finish where nothing
  /// follows.
  std::int32_t const *now, *must, *needed;
  std::uint32_t part_mask;
  std::int32_t *early, *late, *rank, *late_rank;  ///< By event; ranks of late dates for Microsoft's lags.
  std::uint64_t* both;                ///< Early and late side by side, for loops that load them one by one.
  std::int32_t *moved, *moved_early;  ///< By row of the batch and lane.
  std::int32_t* asked;                ///< Columns of the slots of the batch.

  /// By project and calendar, where each project begins: working minutes before `now` · 2 + whether work has
  /// ended before it.
  std::int32_t const *now_rank, *first_rank;
  std::uint32_t now_ranks;  ///< Of them; `now_rank` goes on for two vectors more.

  static constexpr std::uint32_t batch_slots = Batches::most * Slices::lanes, batch_columns = 5;
  static constexpr std::uint32_t most_links = 32;  ///< Of one activity, either way.
  [[nodiscard]] std::int32_t* asked_of(std::uint32_t which) const { return asked + which * batch_slots; }

  /// What the loops leave of a level from slot `level_slot` on, a record of four for each. Forward: start;
  /// finish; which links drive, a bit for each row; the row of the first that drives · row_places, plus that
  /// of the first that holds the finish. Back: start; finish; total float; free float · row_places, plus the
  /// row of the first that holds the finish. In minutes; no_row where no link does.
  std::int32_t* level;
  std::uint32_t level_slot;
  /// Where the record of a slot stands, of those of its level: lanes 0, 4, 8, 12, 1, 5, … of a slice.
  [[nodiscard]] static std::uint32_t record(std::uint32_t slot) {
    auto const lane = slot % Slices::lanes;
    return slot - lane + lane % 4 * (Slices::lanes / 4) + lane / 4;
  }
  static constexpr int row_bits = 6;
  static constexpr std::int32_t row_places = 1 << row_bits, no_row = row_places - 1;

  /// By activity, in seconds and as words of causes. A word of the first link tells those of the others.
  struct Results {
    std::uint32_t const *record, *first_in, *first_out, *links_out;
    std::int64_t *early_start, *early_finish, *late_start, *late_finish, *total_float, *free_float;
    std::uint32_t *start_cause, *finish_cause, *late_start_cause, *late_finish_cause;
    std::uint8_t *driving, *driving_end;  ///< By link.
    static constexpr int kind_bits = 4;   ///< Below a link's number.
    std::uint32_t by_link, by_duration, by_project_start, by_project_finish;
  } results;
  std::int64_t origin;
};

struct PassVariant {
  char const* name;
  bool keeps_pairs;                       ///< `backward` leaves late times in `both`, otherwise in `late`.
  std::int32_t (*forward)(PassArrays a);  ///< Returns the latest finish.
  void (*backward)(PassArrays a, std::int32_t project_finish);
  void (*forward_scenarios)(ScenarioArrays a);
  void (*backward_scenarios)(ScenarioArrays a);
  std::int32_t (*forward_calendars)(CalendarPassArrays const& a);  ///< Returns the latest finish.
  void (*backward_calendars)(CalendarPassArrays const& a, std::int32_t project_finish);
  void (*add_work)(MinuteCalendars::Arrays const& times, std::size_t count, std::int32_t const* calendar,
                   std::int32_t const* from, std::int32_t const* work, std::int32_t* to);
  // Of one batch; false when dates lie beyond the tables.
  bool (*primavera_forward)(LanesArrays const& a, std::uint32_t batch);
  bool (*primavera_backward)(LanesArrays const& a, std::uint32_t batch);
  bool (*microsoft_forward)(LanesArrays const& a, std::uint32_t batch);
  bool (*microsoft_backward)(LanesArrays const& a, std::uint32_t batch);
  // Of a level, when all its batches are done: activities from `first` to before `last`.
  void (*tell_early)(LanesArrays const& a, std::uint32_t first, std::uint32_t last);
  void (*tell_late)(LanesArrays const& a, std::uint32_t first, std::uint32_t last);
  void (*rank_early)(LanesArrays const& a);  ///< Of all slots, what forward loops leave in `rank`.
};

/// Those that this processor can run, the plainest first, the fastest last. All give the same.
[[nodiscard]] std::span<PassVariant const> pass_variants();

}  // namespace rapport
