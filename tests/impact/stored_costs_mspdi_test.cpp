// Costs that Microsoft Project stored in real plans, read from the files by a slow, obvious reading of their
// own.

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include "exchange/file_bytes.h"
#include "rapport/exchange/read.h"
#include "rapport/impact/plan_cost.h"
#include "support/corpus.h"

namespace rapport::test {
namespace {

/// Everything between <name> and the next </name>, each.
std::vector<std::string> elements(std::string const& text, std::string const& name) {
  std::vector<std::string> found;
  std::string const open = "<" + name + ">", close = "</" + name + ">";
  for (auto at = text.find(open); at != std::string::npos; at = text.find(open, at)) {
    at += open.size();
    found.push_back(text.substr(at, text.find(close, at) - at));
  }
  return found;
}

/// Without the elements of that name, whose children have the names of others.
std::string without(std::string text, std::string const& name) {
  std::string const close = "</" + name + ">";
  for (auto at = text.find("<" + name + ">"); at != std::string::npos; at = text.find("<" + name + ">"))
    text.erase(at, text.find(close, at) + close.size() - at);
  return text;
}

std::string text_of(std::string const& element, std::string const& name) {
  auto const found = elements(element, name);
  return found.empty() ? "" : found.front();
}

/// Project stores hundredths of the currency unit.
std::int64_t cents_of(std::string const& element, std::string const& name) {
  std::string const text = text_of(element, name);
  return text.empty() ? 0 : std::llround(std::stod(text));
}

std::string plain_bytes(std::filesystem::path const& path) {
  std::string const bytes = file_bytes(path);
  return path.extension() == ".gz" ? unpacked(bytes, path.filename().string()) : bytes;
}

struct Costs {
  std::int64_t all = 0, spent = 0, to_come = 0;
  friend bool operator==(Costs const&, Costs const&) = default;
};

std::ostream& operator<<(std::ostream& out, Costs const& costs) {
  return out << costs.all << " (" << costs.spent << " spent, " << costs.to_come << " to come)";
}

Costs stored(std::string const& element) {
  return {cents_of(element, "Cost"), cents_of(element, "ActualCost"), cents_of(element, "RemainingCost")};
}

void add(Costs& sum, PlanCostLine const& line) {
  sum.all += line.amount.minor;
  (line.state == CostState::Spent ? sum.spent : sum.to_come) += line.amount.minor;
}

struct PricedFile {
  char const* file;
  std::size_t assignments, tasks;  ///< That cost something; all agree to the cent.
};

void PrintTo(PricedFile const& plan, std::ostream* out) { *out << plan.file; }

class StoredProjectCosts : public testing::TestWithParam<PricedFile> {};

TEST_P(StoredProjectCosts, OfAssignmentsTasksAndTheProjectAreThoseOfProject) {
  auto const [file, assignments, tasks] = GetParam();
  RAPPORT_NEEDS_CORPUS(file);
  Project const project(read(support::corpus(file)).facts);
  auto const cost = cost_plan(project, schedule(compile(project)));
  Costs total;
  std::map<std::string, Costs> of_task;
  std::map<std::pair<std::string, std::string>, Costs> of_assignment;
  for (auto const& line : cost.lines()) {
    add(total, line), add(of_task[line.activity], line);
    if (!line.resource.empty()) add(of_assignment[{line.activity, line.resource}], line);
  }
  // They follow from rates, units and work, not from costs that the reader had to keep.
  for (auto const& each : project.facts().assignments) EXPECT_FALSE(each.cost) << each.activity;
  std::string text = plain_bytes(support::corpus(file));
  for (auto const* inner : {"Baseline", "TimephasedData", "PredecessorLink"}) text = without(text, inner);
  std::map<std::string, std::string> resource;
  for (auto const& each : elements(text_of(text, "Resources"), "Resource"))
    resource[text_of(each, "UID")] = text_of(each, "Name");
  std::size_t same = 0;
  for (auto const& each : elements(text_of(text, "Assignments"), "Assignment")) {
    auto const at = std::pair{text_of(each, "TaskUID"), resource[text_of(each, "ResourceUID")]};
    if (stored(each) == Costs{} && !of_assignment.contains(at)) continue;
    EXPECT_EQ(of_assignment[at], stored(each)) << "task " << at.first << ", " << at.second;
    ++same;
  }
  EXPECT_EQ(same, assignments);
  same = 0;
  for (auto const& each : elements(text_of(text, "Tasks"), "Task")) {
    std::string const uid = text_of(each, "UID");
    if (uid == "0") {
      EXPECT_EQ(total, stored(each)) << "the project";
    } else if (text_of(each, "Summary") != "1" && (stored(each) != Costs{} || of_task.contains(uid))) {
      EXPECT_EQ(of_task[uid], stored(each)) << "task " << uid;
      ++same;
    }
  }
  EXPECT_EQ(same, tasks);
}

INSTANTIATE_TEST_SUITE_P(MicrosoftProject, StoredProjectCosts,
                         testing::Values(PricedFile{"mspdi/native/joniles__mspdiresource.xml", 5, 3},
                                         PricedFile{"mspdi/sample.xml", 4, 3},
                                         PricedFile{"mspdi/mpsplib/plain_10_mp_j30_a2_nr5.xml.gz", 182, 60}));

TEST(StoredProjectCosts, AreInNoOtherFile) {
  RAPPORT_NEEDS_CORPUS("mspdi");
  std::set<std::string> files;
  for (auto const& entry : std::filesystem::recursive_directory_iterator(support::corpus("mspdi"))) {
    if (!entry.is_regular_file()) continue;
    std::string const text = without(plain_bytes(entry.path()), "Baseline");
    for (auto const* name : {"Cost", "ActualCost", "RemainingCost", "FixedCost"})
      for (auto const& cost : elements(text, name))
        if (std::stod(cost) != 0) files.insert(entry.path().filename().string());
  }
  EXPECT_EQ(files, (std::set<std::string>{"joniles__mspdiresource.xml", "sample.xml",
                                          "plain_10_mp_j30_a2_nr5.xml.gz"}));
}

/// "PT7H30M0S" in hours.
double hours_of(std::string const& text) {
  int hours = 0, minutes = 0, seconds = 0;
  if (std::sscanf(text.c_str(), "PT%dH%dM%dS", &hours, &minutes, &seconds) != 3) return 0;
  return hours + minutes / 60.0 + seconds / 3600.0;
}

/// Project stored for each day, or hour, how much of the work it put there.
TEST(WorkContours, SpreadCostsAsProjectSpreadTheWork) {
  std::string const file = "mspdi/native/joniles__mspditimephasedsegments.xml";
  RAPPORT_NEEDS_CORPUS(file);
  auto facts = read(support::corpus(file)).facts;
  facts.currency = Currency("EUR");
  for (auto& resource : facts.resources) resource.rates = {{.standard = Rate::of(100, facts.currency)}};
  for (auto& assignment : facts.assignments) assignment.cost.reset(), assignment.actual_cost.reset();
  std::set<std::string> contours;
  for (auto const& element : elements(plain_bytes(support::corpus(file)), "Assignment")) {
    auto const own = without(element, "TimephasedData");
    auto const contour = text_of(own, "WorkContour");
    if (contour < "1" || contour > "7") continue;
    auto const task = text_of(own, "TaskUID");
    if (task == "18") continue;  // on the calendar of its resource; costs lie on that of the task
    Facts one = facts;
    std::erase_if(one.assignments, [&](Assignment const& each) { return each.activity != task; });
    ASSERT_EQ(one.assignments.size(), 1U);
    Project const project(one);
    auto const cost = cost_plan(project, schedule(compile(project)));
    double worked = 0, all = 0;
    for (auto const& part : elements(element, "TimephasedData")) all += hours_of(text_of(part, "Value"));
    // Of the turtle, which ends within a minute, Project's own parts leave out a minute of work.
    double const left_out = hours_of(text_of(own, "Work")) - all;
    EXPECT_LT(std::abs(left_out), contour == "7" ? 0.02 : 1e-6);
    for (auto const& part : elements(element, "TimephasedData")) {
      worked += hours_of(text_of(part, "Value"));
      EXPECT_NEAR(static_cast<double>(cost.until(parse_instant(text_of(part, "Finish"))).minor),
                  worked * 10'000, 1 + left_out * 10'000)
          << "contour " << contour << " at " << text_of(part, "Finish");
    }
    contours.insert(contour);
  }
  EXPECT_EQ(contours.size(), 7U);
}

}  // namespace
}  // namespace rapport::test
