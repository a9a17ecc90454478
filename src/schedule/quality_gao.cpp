// GAO's ten practices: what a plan can show of each, and for the rest why it cannot.

#include <algorithm>
#include <initializer_list>
#include <map>
#include <tuple>

#include "network/builder.h"
#include "rapport/model/names.h"
#include "rapport/schedule/redundant_links.h"
#include "schedule/pass.h"
#include "schedule/quality_inspection.h"

namespace rapport {
namespace {

constexpr auto gao = QualityStandard::Gao;

class TenPractices {
 public:
  TenPractices(QualityInspection const& seen, Quality& out)
      : seen_(seen), values_(seen.network.values()), out_(out), report_(seen, out) {}

  void write() {
    capturing();
    sequencing();
    as_dcma(3, "resources", "Assigning resources to all activities", {"dcma.resources"});
    durations();
    traceability();
    critical_path();
    as_dcma(7, "float", "Ensuring reasonable total float", {"dcma.high_float", "dcma.negative_float"});
    report_.open(
        gao, 8, "risk_analysis", "Conducting a schedule risk analysis",
        "a plan holds dates, not how sure they are: the analysis needs ranges of durations and risks, "
        "and whether it was made is recorded elsewhere");
    report_.not_in_plan();
    updating();
    baseline();
  }

 private:
  /// A practice that DCMA's points measure; their limits hold, as GAO sets none.
  void as_dcma(int point, char const* id, char const* name, std::initializer_list<char const*> points) {
    std::size_t count = 0, out_of = 0;
    bool fails = false, passes = false;
    std::string text = "as ";
    for (auto const* each : points) {
      auto const& check = out_.check(each);
      bool const at_least = check.at_least && check.unit == "%";
      count += at_least ? check.out_of - check.count : check.count;
      out_of = std::max(out_of, check.out_of);
      fails |= check.verdict == Verdict::Fail;
      passes |= check.verdict == Verdict::Pass;
      text += (text.size() > 3 ? ", " : "") + check.id;
    }
    report_.open(gao, point, id, name, text + "; GAO sets no limits, DCMA's are used");
    report_.figure(count, out_of);
    auto& made = out_.checks.back();
    // Counts of several kinds have no common whole.
    if (points.size() > 1) made.value.reset(), made.unit.clear(), made.out_of = 0;
    if (fails || passes) made.verdict = fails ? Verdict::Fail : Verdict::Pass;
  }

  void capturing() {
    report_.open(gao, 1, "all_activities", "Capturing all activities",
                 "no plan shows the work that it leaves out: compare with the statement of work and the WBS");
    report_.not_in_plan();
    report_.open(gao, 1, "distinct_names", "Capturing all activities: names",
                 "activities without a name, or with the name of another in the same branch of the WBS");
    std::map<std::pair<std::string, std::string>, std::uint32_t> seen;
    for (auto const& activity : seen_.facts.activities) {
      auto const i = seen_.network.find(activity.key);
      if (!i || !seen_.detail[i->value]) continue;
      if (activity.name.empty()) {
        report_.activity(i->value, "no name");
        continue;
      }
      auto const [first, fresh] = seen.try_emplace({activity.wbs, activity.name}, i->value);
      if (!fresh) report_.activity(i->value, "the name of " + seen_.key(first->second));
    }
    report_.figure(report_.findings(), seen_.details);
  }

  void sequencing() {
    as_dcma(2, "sequencing", "Sequencing all activities",
            {"dcma.logic", "dcma.leads", "dcma.lags", "dcma.relation_types", "dcma.hard_constraints"});
    report_.open(gao, 2, "summary_links", "Sequencing all activities: summaries",
                 "links that name a summary; links belong between activities");
    for (auto const& link : seen_.summary_links) report_.link(link, "names a summary");
    report_.verdict(report_.findings(), seen_.links.size(), report_.findings() == 0);
    redundant();
  }

  /// A figure: they do no harm to dates, but hide which links matter and have to be kept up.
  void redundant() {
    report_.open(gao, 2, "redundant_links", "Sequencing all activities: redundant links",
                 "links that a chain of others makes say nothing; all of them can go and no date changes");
    using Held = std::tuple<std::uint32_t, std::uint32_t, LinkType, std::int64_t>;
    std::multimap<Held, std::string> through;
    auto const& links = seen_.network.links();
    for (auto const& [link, chain] : find_redundant_links(seen_.schedule)) {
      auto const k = link.value;
      through.emplace(Held{links.predecessor[k], links.successor[k], links.type[k], links.lag[k]},
                      links_text(seen_.network, chain));
    }
    for (auto const& link : seen_.links) {
      auto const& fact = seen_.facts.links[link.row];
      auto const found = through.find({link.predecessor, link.successor, fact.type, lag_of(fact.lag)});
      if (found == through.end()) continue;
      report_.link(link, "as " + (found->second.empty() ? "a long chain" : found->second));
      through.erase(found);
    }
    report_.figure(report_.findings(), seen_.links.size());
  }

  void durations() {
    as_dcma(4, "durations", "Establishing durations", {"dcma.high_duration"});
    report_.open(gao, 4, "level_of_effort", "Establishing durations: level of effort",
                 "levels of effort among all activities; they measure no progress");
    std::size_t count = 0, out_of = 0;
    for (std::uint32_t i = 0; i < seen_.activities; ++i) {
      count += values_.kind[i] == ActivityKind::LevelOfEffort;
      out_of += values_.kind[i] != ActivityKind::Summary;
    }
    report_.figure(count, out_of);
  }

  void traceability() {
    report_.open(
        gao, 5, "horizontal_traceability", "Horizontal traceability",
        "unfinished activities from which no chain of links leads to the last activity of the project");
    std::vector<std::uint32_t> last(seen_.network.subprojects().size(), seen_.activities);
    auto const finish = [&](std::uint32_t i) { return seen_.schedule.dates(ActivityIndex{i}).early_finish; };
    for (std::uint32_t i = 0; i < seen_.activities; ++i) {
      auto& found = last[values_.subproject[i]];
      if (seen_.linkable[i] && (found == seen_.activities || finish(i) >= finish(found))) found = i;
    }
    std::vector<std::uint8_t> reaches(seen_.activities);
    for (auto const i : last)
      if (i < seen_.activities) reaches[i] = 1;
    auto const& links = seen_.network.links();
    for (std::uint32_t i = seen_.activities; i-- > 0;) {
      if (!reaches[i] || !seen_.linkable[i]) continue;
      for (auto k = links.first_in[i]; k < links.first_in[i + 1]; ++k)
        if (seen_.linkable[links.predecessor[k]]) reaches[links.predecessor[k]] = 1;
    }
    for (std::uint32_t i = 0; i < seen_.activities; ++i)
      if (seen_.incomplete[i] && !reaches[i])
        report_.activity(i, "no chain of links leads to the last activity");
    report_.verdict(report_.findings(), seen_.incompletes, report_.findings() == 0);
    report_.open(gao, 5, "vertical_traceability", "Vertical traceability",
                 "needs the summary plans of management, which are other documents: compare their dates with "
                 "the milestones here");
    report_.not_in_plan();
  }

  void critical_path() {
    as_dcma(6, "critical_path", "Confirming a valid critical path", {"dcma.critical_path_test"});
    report_.open(gao, 6, "unbroken_path", "A valid critical path: unbroken", "nothing is unfinished");
    auto const last = seen_.last();
    if (last == seen_.activities) return;
    auto const why = seen_.schedule.why(ActivityIndex{last});
    out_.checks.back().meaning =
        "the chain of reasons for the finish leads back to the data date, the planned start or "
        "an actual date, not to a date that somebody entered";
    auto const root = why.steps.back().driver;
    bool const whole = root == Driver::DataDate || root == Driver::ProjectStart || root == Driver::Actual ||
                       root == Driver::Resume;
    if (!whole) report_.activity(seen_.network.at(why.steps.back().activity).value, why.steps.back().text);
    report_.verdict(report_.findings(), 1, whole);
    out_.checks.back().value.reset();
    out_.checks.back().unit.clear();
  }

  void updating() {
    as_dcma(9, "updating", "Updating the schedule", {"dcma.invalid_dates"});
    if (out_.check("dcma.invalid_dates").verdict == Verdict::NotApplicable)
      report_.not_applicable("the plan states no data date");
    report_.open(gao, 9, "out_of_sequence", "Updating the schedule: logic",
                 "links into what has progressed before they allowed it");
    for (auto const& link : seen_.links) {
      auto const a = link.predecessor, b = link.successor;
      auto const type = seen_.facts.links[link.row].type;
      bool const from_start = type == LinkType::StartToStart || type == LinkType::StartToFinish;
      bool const to_finish = type == LinkType::FinishToFinish || type == LinkType::StartToFinish;
      auto const from = from_start ? values_.actual_start[a] : values_.actual_finish[a];
      auto const to = to_finish ? values_.actual_finish[b] : values_.actual_start[b];
      if (to == no_instant || (from != no_instant && from <= to)) continue;
      report_.link(link, std::string(to_name(type)) + ": " + seen_.key(b) +
                             (to_finish ? " finished " : " started ") + to_string(Instant{to}) + ", " +
                             seen_.key(a) + (from_start ? " started " : " finished ") +
                             (from == no_instant ? "not yet" : to_string(Instant{from})));
    }
    report_.verdict(report_.findings(), seen_.links.size(), report_.findings() == 0);
  }

  void baseline() {
    as_dcma(10, "baseline", "Maintaining a baseline", {"dcma.missed_tasks", "dcma.baseline_execution_index"});
    report_.open(gao, 10, "baselined", "Maintaining a baseline: coverage",
                 "activities without baseline dates; a Primavera file holds its planned dates instead");
    for (std::uint32_t i = 0; i < seen_.activities; ++i)
      if (seen_.detail[i] && seen_.baseline_finish[i] == no_instant) report_.activity(i, "no baseline dates");
    report_.verdict(report_.findings(), seen_.details, report_.findings() == 0);
  }

  QualityInspection const& seen_;
  ActivityValues const& values_;
  Quality& out_;
  QualityReport report_;
};

}  // namespace

void check_gao(QualityInspection const& seen, Quality& out) { TenPractices(seen, out).write(); }

}  // namespace rapport
