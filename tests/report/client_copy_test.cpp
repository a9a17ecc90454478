// Every field that describe.h marks as internal is filled with something that occurs nowhere else;
// none of it may occur in anything made for a client.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "notice/people_plan.h"
#include "rapport/model/describe.h"
#include "rapport/report/report.h"

namespace rapport::test {
namespace {

using testing::HasSubstr;
using testing::Not;

template <class T>
inline constexpr bool is_range = false;
template <class T>
inline constexpr bool is_range<std::vector<T>> = true;
template <class T>
inline constexpr bool is_range<std::optional<T>> = true;

/// Fills internal fields and remembers what with. References to other facts keep their value.
class Planter {
 public:
  std::vector<std::string> planted;
  int fields = 0;

  template <class T>
  void operator()(char const* /*name*/, T& member) {
    if constexpr (is_range<T>) {
      if constexpr (requires { member.begin(); }) {
        for (auto& item : member) (*this)("", item);
      } else if (member) {
        (*this)("", *member);
      }
    } else if constexpr (requires { describe(member, *this); }) {
      describe(member, *this);
    }
  }

  template <class T>
  void operator()(char const* name, T& member, Internal) {
    ++fields;
    std::string const field = name;
    if (field != "resource" && field != "approver") fill(member);
  }

 private:
  int next() { return number_ += 7; }
  void note(std::string text) { planted.push_back(std::move(text)); }

  void fill(std::string& text) { note(text = "CANARY-" + std::to_string(next())); }
  void fill(double& value) {
    int const digits = 510000 + next() * 11;
    value = digits / 1e6;
    note("0." + std::to_string(digits));
    note(std::to_string(digits / 10000) + "." + std::to_string(digits % 10000));
  }
  void fill(Probability& value) {
    double number = 0;
    fill(number);
    value = Probability(number + 0.4);
    note(std::to_string(static_cast<int>(value.value() * 1e6 + 0.5)));
  }
  void fill(std::int32_t& value) { note(std::to_string(value = 918000 + next())); }
  void fill(Money& amount) {
    int const major = 7310000 + next();
    amount = Money{static_cast<std::int64_t>(major) * 100 + 17, eur};
    note(std::to_string(major));
    std::string const digits = std::to_string(major);
    note(digits.substr(0, 1) + "," + digits.substr(1, 3) + "," + digits.substr(4));
  }
  void fill(RatePeriod& period) {
    int const micro = 61370000 + next();
    period.standard.micro = micro;
    period.standard.currency = eur;
    note("61.37");
  }
  void fill(ChangeAnalysis& analysis) {
    fill(analysis.delay_days);
    fill(analysis.cost);
    fill(analysis.text);
  }
  void fill(SignOff& review) { fill(review.text); }
  void fill(Engagement& /*level*/) {}  // a word of ours, looked for by its name below
  template <class T>
  void fill(std::vector<T>& items) {
    if (items.empty()) items.emplace_back();
    for (T& item : items) fill(item);
  }
  template <class T>
  void fill(std::optional<T>& item) {
    if (!item) item.emplace();
    fill(*item);
  }

  int number_ = 100;
};

struct Planted {
  Facts facts;
  ChangeRequest request;
  Planter planter;
};

Planted planted_plan() {
  Planted made;
  Facts& facts = made.facts;
  facts = people_plan();
  facts.resources[0].key = facts.assignments[0].resource = "CANARY-RESOURCE";
  facts.resources[0].name = "CANARY-PERSON";
  facts.tests[0].resource = "CANARY-RESOURCE";
  facts.tests[0].effort = hours(8);
  facts.risks[0].title = "CANARY-RISK";
  facts.risks[0].response = RiskResponse{};
  facts.expenses.push_back({.key = "E",
                            .activity = "A",
                            .name = "CANARY-EXPENSE",
                            .kind = ExpenseKind::PerDay,
                            .amount = {},
                            .actual = {},
                            .accrual = {},
                            .cost_account = {}});
  made.request = needs_change();
  auto const plant = [&](auto& list) {
    for (auto& fact : list) describe(fact, made.planter);
  };
  plant(facts.stakeholders);
  plant(facts.requirements);
  plant(facts.tests);
  plant(facts.traces);
  plant(facts.activities);
  plant(facts.resources);
  plant(facts.assignments);
  plant(facts.expenses);
  plant(facts.contract_milestones);
  plant(facts.risks);
  plant(facts.messages);
  plant(facts.approval_limits);
  facts.escalations = {{.key = "rise", .from = parse_instant("2027-01-01T00:00")}};
  plant(facts.escalations);
  RecordedDates kept;
  kept.key = facts.activities.front().key;
  kept.baseline =
      Baseline{parse_instant("2027-01-04T08:00"), parse_instant("2027-01-08T17:00"), Money{1, eur}};
  facts.recorded_dates = {kept};
  plant(facts.recorded_dates);
  describe(made.request, made.planter);
  // A planted cost of an assignment would stand for the rate; the rate is what this test prices by.
  facts.assignments[0].cost.reset();
  for (char const* more : {"CANARY-RESOURCE", "CANARY-PERSON", "CANARY-RISK", "CANARY-EXPENSE"})
    made.planter.planted.emplace_back(more);
  return made;
}

TEST(ClientCopy, HoldsNothingThatIsMarkedInternal) {
  Planted const plan = planted_plan();
  EXPECT_GT(plan.planter.fields, 40);
  Project const project = made(plan.facts);
  Impact const impact = assessed(project, plan.request);

  std::vector<std::string> copies;
  for (char const* language : {"en", "zh"}) {
    ReportOptions options;
    options.language = language;
    options.copy = Copy::Client;
    copies.push_back(report_html(project, impact, options));
    copies.push_back(report_markdown(project, impact, options));
    NoticeOptions notices;
    notices.language = language;
    notices.copy = Copy::Client;
    for (Notice const& notice : notify(project, impact, notices).items)
      copies.push_back(notice.subject + "\n" + notice.text);
  }
  ASSERT_GT(copies.size(), 12U);
  for (std::string const& copy : copies) {
    for (std::string const& canary : plan.planter.planted) EXPECT_THAT(copy, Not(HasSubstr(canary)));
    for (char const* word : {"supportive", "resistant", "CANARY", "likelihood", "可能性"})
      EXPECT_THAT(copy, Not(HasSubstr(word)));
  }
}

TEST(ClientCopy, IsAllTheTestAboveWouldFindInTheInternalCopy) {
  Planted const plan = planted_plan();
  Project const project = made(plan.facts);
  Impact const impact = assessed(project, plan.request);
  std::string const html = report_html(project, impact);
  for (char const* canary : {"CANARY-RISK", "CANARY-PERSON", "61.37", "likelihood"})
    EXPECT_THAT(html, HasSubstr(canary));
  EXPECT_THAT(html, HasSubstr(plan.request.internal_note));
}

TEST(ClientCopy, IsMadeFromAViewThatHasNoInternalField) {
  // A page rendered from a view that another impact gave is the same: nothing else is asked.
  Project const project = made(people_plan());
  ClientView const view = client_view(project, assessed(project, needs_change()));
  ReportOptions options;
  options.copy = Copy::Client;
  EXPECT_EQ(to_html(view), report_html(project, assessed(project, needs_change()), options));
}

}  // namespace
}  // namespace rapport::test
