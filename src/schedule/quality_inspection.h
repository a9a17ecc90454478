#pragma once
// What all quality checks look at, put together once.

#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

#include "rapport/schedule/quality.h"

namespace rapport {

/// Arrays have one entry per activity of the network. Refers to what it was made from.
struct QualityInspection {
  QualityInspection(Schedule const& schedule, Project const& project, QualityOptions const& options);

  Schedule const& schedule;
  Network const& network;
  Facts const& facts;
  QualityOptions const& options;
  std::uint32_t activities;

  std::vector<std::uint8_t> detail;             ///< A task of the universe, completed or not.
  std::vector<std::uint8_t> incomplete;         ///< Of these, not completed.
  std::vector<std::uint8_t> linkable;           ///< Neither a level of effort, nor a summary, nor inactive.
  std::vector<std::uint8_t> leads_on, follows;  ///< Has successors; has predecessors.
  std::vector<std::uint8_t> start_held, finish_held;  ///< A link holds its start; its finish holds one.
  std::vector<std::uint8_t> resourced;                ///< Has assignments or expenses.
  std::vector<std::uint8_t> rolling_wave;             ///< In a branch not yet planned in detail.
  std::vector<std::int64_t> baseline_start, baseline_finish;  ///< Or no_instant.
  std::vector<std::int64_t> data_date;                        ///< Per subproject, or no_instant.
  std::size_t details = 0, incompletes = 0;

  /// A link of the facts between two activities of the network.
  struct FactLink {
    std::uint32_t row;  ///< In Facts::links.
    std::uint32_t predecessor, successor;
  };
  std::vector<FactLink> links;  ///< Those that count by CountedWork, without levels of effort.
  std::vector<FactLink> summary_links;

  [[nodiscard]] double day_seconds(std::uint32_t i) const;
  /// Working seconds as days of that activity, by the option.
  [[nodiscard]] double in_days(std::int64_t seconds, std::uint32_t i) const {
    return static_cast<double>(seconds) / day_seconds(i);
  }
  [[nodiscard]] std::int64_t now(std::uint32_t i) const { return data_date[network.values().subproject[i]]; }
  [[nodiscard]] std::string const& key(std::uint32_t i) const { return network.key({i}); }
  /// The unfinished activity that finishes last; `activities` when all is completed.
  [[nodiscard]] std::uint32_t last() const;

 private:
  void sort_activities();
  void read_network_links();
  void read_fact_links();
  void read_resources();
  void read_baselines();
  void read_rolling_wave();
};

/// Adds checks and their findings to one result.
class QualityReport {
 public:
  QualityReport(QualityInspection const& seen, Quality& out) : seen_(seen), out_(out) {}

  /// Opens a check; findings that follow belong to it.
  void open(QualityStandard standard, int point, char const* id, char const* name, std::string meaning);
  void activity(std::uint32_t i, std::string reason);
  void link(QualityInspection::FactLink const& link, std::string reason);
  /// Closes it with the share of findings, in per cent.
  void share(std::size_t count, std::size_t out_of, std::optional<double> limit, bool at_least = false);
  void index(std::size_t count, std::size_t out_of, std::optional<double> value, std::optional<double> limit);
  /// Closes it with a value that must not be below the limit; `meaning` tells how it came about.
  void measure(std::string meaning, std::optional<double> value, char const* unit, double limit);
  /// Closes it with a figure and no limit.
  void figure(std::size_t count, std::size_t out_of);
  void verdict(std::size_t count, std::size_t out_of, bool pass);
  void not_applicable(std::string why);
  void not_in_plan();

  [[nodiscard]] std::size_t findings() const { return out_.findings.size() - first_finding_; }

 private:
  QualityInspection const& seen_;
  Quality& out_;
  std::size_t first_finding_ = 0;
};

/// What more work on one activity does to the finish.
struct DelayTest {
  std::uint32_t activity = 0;
  double asked_days = 0, moved_days = 0;
  bool possible = false;  ///< False when nothing is unfinished.
  std::string why;        ///< The finish then: its first reason.
  [[nodiscard]] bool passed(double tolerance_days) const {
    return possible && moved_days >= asked_days - tolerance_days;
  }
};
[[nodiscard]] DelayTest delay_test(QualityInspection const& seen, RunControl const& control);

/// Whether the constraint is hard, as the options have it.
[[nodiscard]] bool is_hard(ConstraintKind kind, HardConstraints which);
[[nodiscard]] std::string days_text(double days);

void check_dcma(QualityInspection const& seen, DelayTest const& test, Quality& out);
/// After check_dcma, whose figures it refers to.
void check_gao(QualityInspection const& seen, Quality& out);

}  // namespace rapport
