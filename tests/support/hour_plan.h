#ifndef RAPPORT_TESTS_SUPPORT_HOUR_PLAN_H
#define RAPPORT_TESTS_SUPPORT_HOUR_PLAN_H

#include <string>

#include "rapport/model/project.h"

namespace rapport::support {

/// A plan round the clock, one unit of a textbook being one hour, that begins on 1970-01-01: dates
/// read as hours since then.
struct HourPlan {
  Facts facts;

  HourPlan() {
    Subproject plan;
    plan.key = "plan";
    plan.data_date = Instant{};
    plan.calendar = "clock";
    facts.subprojects.push_back(plan);
    facts.calendars.push_back(round_the_clock_calendar("clock"));
  }
  Activity& activity(std::string key, double length) {
    Activity& made = facts.activities.emplace_back();
    made.key = std::move(key);
    made.subproject = "plan";
    made.duration = hours(length);
    return made;
  }
  HourPlan& link(std::string from, std::string to, LinkType type = LinkType::FinishToStart, double lag = 0) {
    Link& made = facts.links.emplace_back();
    made.predecessor = std::move(from), made.successor = std::move(to);
    made.type = type, made.lag.seconds = hours(lag).seconds;
    return *this;
  }
  [[nodiscard]] Project project() const {
    Facts complete = facts;
    complete_keys(complete);
    return Project(std::move(complete));
  }
};

inline Instant hour(double count) { return {hours(count).seconds}; }

}  // namespace rapport::support

#endif
