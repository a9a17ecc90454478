#pragma once
// Links that say nothing: a chain of others already makes the successor wait as long.

#include <vector>

#include "rapport/schedule/schedule.h"
#include "rapport/table/table.h"

namespace rapport {

/// A link that can go, and those that stay and say the same, from its predecessor to its successor, as few as
/// possible; none where looking for all of them would take more than 256 steps an activity of the plan.
struct RedundantLink {
  LinkIndex link;
  std::vector<LinkIndex> through;
  friend bool operator==(RedundantLink const&, RedundantLink const&) = default;
};

/// Links without a lag, or with a lead, beside a chain of other links that leads from the same end of the
/// predecessor to the same end of the successor, or to its start where the link holds the finish; and of
/// several links between the same two ends those with less lag. The chain counts whatever its activities
/// last: none of its links has a lead, and links and calendars alone decide where its activities lie (no
/// constraint, progress or entered date; under Microsoft's rules it takes each from start to finish, and none
/// is a milestone). All of them can go at once, and no date and no float changes. (A longest path may lose
/// what ended within the pause before its next activity began.) Not looked at: links of levels of effort,
/// summaries and inactive tasks, those that the rules leave out, lags that run from an actual date, and links
/// into what may lie before its links allow (mandatory dates; in Microsoft's plans any constraint).
/// In the order of the network. Source: transitive reduction (Aho, Garey & Ullman 1972), of starts and
/// finishes instead of activities. Cost: O(activities · links / 512), less where links are short;
/// 136 bytes an activity.
[[nodiscard]] std::vector<RedundantLink> find_redundant_links(Schedule const& schedule);

/// The same as a table, one row for each link: predecessor, successor, type, lag, through (the links of the
/// chain as predecessor>successor:type; empty where it is long).
[[nodiscard]] Table redundant_links(Schedule const& schedule);

}  // namespace rapport
