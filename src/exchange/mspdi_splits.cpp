#include <algorithm>

#include "exchange/mspdi_reader.h"
#include "exchange/mspdi_xml.h"
#include "exchange/stored_values.h"
#include "exchange/worked_days.h"

namespace rapport {
namespace {

struct TimephasedElement {
  std::string_view type, start, finish, value;
  static constexpr XmlField<TimephasedElement> fields[] = {
      {"Type", &TimephasedElement::type},
      {"Start", &TimephasedElement::start},
      {"Finish", &TimephasedElement::finish},
      {"Value", &TimephasedElement::value},
  };
};

}  // namespace

void MspdiReader::note_worked_days(XmlElement assignment, std::uint32_t task, std::string const& calendar) {
  for (XmlElement const node : assignment.children("TimephasedData")) {
    auto const row = read_fields<TimephasedElement>(node, timephased_fields_);
    bool const work = row.type == "1" || row.type == "2";  // remaining, actual
    auto const amount = stored_seconds(row.value);
    auto const start = stored_instant(row.start), finish = stored_instant(row.finish);
    if (!work || !amount || *amount <= 0 || !start || !finish || *finish <= *start) continue;
    auto const [place, is_new] = worked_.try_emplace(task);
    if (is_new) place->second.calendar = calendar;
    place->second.worked.push_back({*start, *finish});
  }
}

std::string_view MspdiReader::calendar_of_work(std::string const& of_resource, std::uint32_t task) const {
  if (!of_resource.empty()) return of_resource;
  auto const& own = facts_.activities[task].calendar;
  return own.empty() ? facts_.subprojects[0].calendar : own;
}

void MspdiReader::time_edited_contours() {
  WorkedDays const days(facts_.calendars);
  for (auto const& edited : edited_) {
    auto const key = calendar_of_work(edited.calendar, edited.task);
    Work const lasts = days.between(key, edited.from_to.start, edited.from_to.finish);
    if (lasts.seconds > 0) facts_.assignments[edited.assignment].duration = lasts;
  }
}

void MspdiReader::split_by_dates() {
  WorkedDays const days(facts_.calendars);
  for (auto const& [task, from_to] : stated_spans_) {
    Activity& activity = facts_.activities[task];
    // Whoever works on it may have days of their own.
    if (assigned_[task] != 0 || worked_.contains(task)) continue;
    auto const key = calendar_of_work("", task);
    auto const worked = days.between(key, from_to.start, from_to.finish);
    Work const first{activity.duration.seconds / 2 / 60 * 60}, second = activity.duration - first;
    if (worked <= activity.duration || first.seconds == 0) continue;
    activity.microsoft.splits = {{from_to.start, days.after(key, from_to.start, first)},
                                 {days.after(key, from_to.start, worked - second), from_to.finish}};
    findings_.add(Severity::Info, 0, "task " + activity.key,
                  "a task takes longer than its duration and nothing says where it pauses",
                  "split in its middle: its dates do not depend on where");
  }
}

void MspdiReader::split_tasks() {
  WorkedDays const days(facts_.calendars);
  for (auto& [index, spans] : worked_) {
    Activity& activity = facts_.activities[index];
    std::string_view const key = calendar_of_work(spans.calendar, index);
    std::sort(spans.worked.begin(), spans.worked.end(),
              [](Split const& a, Split const& b) { return a.start < b.start; });
    std::vector<Split> parts;
    for (Split const& span : spans.worked) {
      if (!parts.empty() && !days.any_between(key, parts.back().finish, span.start)) {
        parts.back().finish = std::max(parts.back().finish, span.finish);
      } else {
        parts.push_back(span);
      }
    }
    if (parts.size() > 1) activity.microsoft.splits = std::move(parts);
  }
}

}  // namespace rapport
