#pragma once
// From the elements of an MSPDI to facts. One object reads one file; mspdi_calendars.cpp, mspdi_tasks.cpp and
// mspdi_costs.cpp hold its three parts.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "exchange/findings.h"
#include "exchange/id_index.h"
#include "exchange/mspdi_xml.h"
#include "exchange/unique_key.h"
#include "rapport/model/facts.h"

namespace rapport {

/// Names met that no fact is made of, each once.
class OtherNames {
 public:
  void note(std::string_view name);
  [[nodiscard]] std::vector<std::string_view> const& names() const { return names_; }

 private:
  std::vector<std::string_view> names_;
  std::size_t next_ = 0;  // names come in much the same order again and again
};

/// What the timephased data of one task's assignments say.
struct WorkedSpans {
  std::vector<Split> worked;
  std::string calendar;  ///< Of the first resource; empty: the task's own.
};

/// An assignment whose contour was shaped by hand.
struct EditedContour {
  std::size_t assignment;  ///< Its position.
  std::uint32_t task;
  std::string calendar;  ///< Of the resource; empty: the task's own.
  Split from_to;
};

/// A task that has not begun and takes longer than its duration by the clock.
struct StatedSpan {
  std::uint32_t task;
  Split from_to;
};

class MspdiReader {
 public:
  /// `root` is the Project element.
  MspdiReader(XmlElement root, Findings& findings) : root_(root), findings_(findings) {}

  void read_project();
  void read_calendars();
  void read_tasks();
  void read_costs();
  void list_others();

  [[nodiscard]] Facts&& take() { return std::move(facts_); }

 private:
  struct WaitingLink {
    XmlElement element;
    std::uint32_t successor;
  };

  void read_task(XmlElement element);
  [[nodiscard]] std::optional<Baseline> read_baseline(XmlElement baseline, std::string const& subject);
  void read_links(std::vector<WaitingLink> const& links);
  void read_resources();
  void read_assignments();
  [[nodiscard]] std::vector<CalendarException> read_exceptions(XmlElement calendar,
                                                               std::string const& subject);
  [[nodiscard]] Week read_week(XmlElement days, std::string const& subject);
  [[nodiscard]] DayShifts read_shifts(XmlElement day, std::string const& subject);
  /// Days on which the assignment is worked and days it spans idle, gathered for its task.
  void note_worked_days(XmlElement assignment, std::uint32_t task, std::string const& calendar);
  void split_tasks();
  /// Those of which nothing says where they pause, and dates alone that they do.
  void split_by_dates();
  void read_contour(XmlElement assignment, std::string_view contour, std::string_view start,
                    std::string_view finish, std::uint32_t task, Resource const& resource);
  /// How much working time the contours take that were shaped by hand.
  void time_edited_contours();
  /// The resource's, else the task's, else the project's.
  [[nodiscard]] std::string_view calendar_of_work(std::string const& of_resource, std::uint32_t task) const;
  [[nodiscard]] std::vector<RatePeriod> read_rates(XmlElement resource, ResourceKind kind,
                                                   std::string const& subject);

  [[nodiscard]] std::int64_t line_of(XmlElement node);
  void add(Severity severity, XmlElement at, std::string_view subject, std::string_view message,
           std::string_view action) {
    findings_.add(severity, line_of(at), subject, message, action);
  }
  void warn(XmlElement at, std::string_view subject, std::string_view message, std::string_view action) {
    add(Severity::Warning, at, subject, message, action);
  }
  /// Values of the texts called `name`; what cannot be read is listed and taken as absent.
  [[nodiscard]] std::optional<Instant> instant(std::string_view text, char const* name, XmlElement at);
  [[nodiscard]] std::optional<std::int64_t> seconds(std::string_view text, char const* name, XmlElement at);
  [[nodiscard]] std::optional<double> number(std::string_view text, char const* name, XmlElement at);
  /// Tenths of a minute as seconds.
  [[nodiscard]] std::optional<std::int64_t> tenths(std::string_view text, char const* name, XmlElement at);
  /// Hundredths of the currency unit.
  [[nodiscard]] std::optional<Money> money(std::string_view text, char const* name, XmlElement at);
  void list_unreadable(std::string_view text, char const* name, XmlElement at);

  XmlElement root_;
  Findings& findings_;
  Facts facts_;
  std::vector<std::size_t> line_starts_;
  double minutes_per_day_ = 480;
  IdIndex calendar_, task_, resource_;
  std::optional<Instant> earliest_start_;              // of all tasks
  std::vector<std::pair<int, std::string>> branches_;  // outline level and WBS key of the open summaries
  std::vector<WaitingLink> links_;
  UniqueKeys task_keys_, wbs_keys_, expense_keys_;
  std::map<std::uint32_t, WorkedSpans> worked_;  // by position of the task
  std::vector<EditedContour> edited_;
  std::vector<StatedSpan> stated_spans_;
  std::vector<std::uint8_t> assigned_;  // by position of the task: somebody works on it
  FieldsByName task_fields_, link_fields_, resource_fields_, rate_fields_, assignment_fields_,
      timephased_fields_;
  OtherNames other_project_, other_task_, other_baseline_, other_resource_, other_assignment_;
};

}  // namespace rapport
