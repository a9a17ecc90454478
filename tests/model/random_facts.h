#pragma once
// Random facts by walking the field lists, so that a new field is in the tests at once. What comes out
// has no value out of range; its references name nothing.

#include <algorithm>
#include <optional>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "rapport/model/describe.h"
#include "rapport/model/names.h"

namespace rapport {

class RandomFacts {
 public:
  explicit RandomFacts(unsigned seed) : random_(seed) {}

  Facts facts(int each) {
    Facts result;
    fill(result.name);
    fill(result.time_zone);
    fill(result.currency);
    for_each_fact_type([&]<class T>() {
      for (int i = 0; i < each; ++i) (result.*FactTraits<T>::member).push_back(one<T>());
    });
    return result;
  }

  template <class T>
  T one() {
    T fact;
    fill(fact);
    return fact;
  }

  int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(random_); }

 private:
  void fill(std::string& value) {
    static char const* const parts[] = {"A",  "1040", "桥墩", "é",   "\"", "\\",  "\n",
                                        "🙂", " ",    "/",    "<b>", ":",  "\x01"};
    value = "k" + std::to_string(count_++);
    for (int i = below(4); i > 0; --i) value += parts[below(13)];
  }
  void fill(bool& value) { value = below(2) == 1; }
  void fill(double& value) { value = std::uniform_real_distribution<double>(0.001, 1)(random_); }
  void fill(std::int32_t& value) { value = 1 + below(1000); }
  // Later and later, so that whatever must not lie before something else does not.
  void fill(Instant& value) { value = {now_ += below(1'000'000) * (below(2) ? 60 : 1)}; }
  void fill(Date& value) {
    now_ += below(10) * seconds_per_day;
    value = Instant{now_}.date();
  }
  void fill(Work& value) { value = {below(10'000'000)}; }
  void fill(Elapsed& value) { value = {below(20'000'000) - 10'000'000}; }
  void fill(Currency& value) {
    static char const* const codes[] = {"EUR", "JPY", "KWD", "CNY", "ZZZ"};
    value = Currency(codes[below(5)]);
  }
  void fill(Money& value) {
    value.minor = std::uniform_int_distribution<std::int64_t>(0, 9'000'000'000'000'000)(random_);
    fill(value.currency);
  }
  void fill(Rate& value) {
    value.micro = std::uniform_int_distribution<std::int64_t>(0, 9'000'000'000'000)(random_);
    fill(value.currency);
  }
  void fill(Probability& value) {
    value = Probability(std::uniform_real_distribution<double>(0, 1)(random_));
  }
  void fill(NodeRef& value) {
    value.kind = static_cast<FactKind>(below(static_cast<int>(std::variant_size_v<Fact>)));
    fill(value.key);
  }
  void fill(Amount& value) {
    value = {std::ldexp(below(1'000'000), -below(12)), static_cast<TimeUnit>(below(4))};
  }
  void fill(Lag& value) {
    value.kind = static_cast<LagKind>(below(4));
    if (is_percent(value.kind))
      value.percent = below(20000) / 64.0 - 100;
    else
      value.seconds = below(2'000'000) - 1'000'000;
  }
  void fill(Constraint& value) {
    fill_enum(value.kind);
    if (value.kind != ConstraintKind::None && value.kind != ConstraintKind::AsLateAsPossible)
      fill(value.date.emplace());
  }
  void fill(WorkingHours& value) { value = {below(40'000), 40'000 + below(46'401)}; }
  void fill(DayShifts& value) {
    value.clear();
    std::int32_t at = 0;
    for (int i = below(4); i > 0; --i) {
      std::int32_t const from = at + below(10'000);
      at = from + 1 + below(10'000);
      value.push_back({from, at});
    }
    if (below(3) == 0) value.push_back({at, 86'400});
  }
  void fill(Week& value) {
    for (auto& day : value)
      if (below(2)) fill(day.emplace());
  }
  void fill(RiskRating& value) {
    fill(value.probability);
    for (auto const objective : {Objective::Schedule, Objective::Cost, Objective::Quality, Objective::Scope})
      if (below(2)) value.impacts.push_back({objective, below(100) / 99.0});
  }
  void fill(Resource& value) {
    describe(value, [&](char const*, auto& member, auto...) { fill(member); });
    for (std::size_t i = 1; i < value.rates.size(); ++i) fill(value.rates[i].from.emplace());
  }
  void fill(Assignment& value) {
    describe(value, [&](char const*, auto& member, auto...) { fill(member); });
    value.overtime = std::min(value.overtime, value.work);
  }
  void fill(ExchangeRate& value) {
    describe(value, [&](char const*, auto& member, auto...) { fill(member); });
    ++value.price.micro;
    while (value.price.currency == value.of) fill(value.price.currency);
  }
  void fill(Escalation& value) {
    describe(value, [&](char const*, auto& member, auto...) { fill(member); });
    (below(2) ? value.resource : value.cost_account).clear();
  }
  void fill(ChangeEdit& value) {
    switch (below(8)) {
      case 0: {
        RequirementChange edit;
        fill(edit.requirement), fill(edit.magnitude), fill(edit.text), fill(edit.remove);
        value = edit;
        break;
      }
      case 1: {
        WorkChange edit;
        fill(edit.activity), fill(edit.duration_only), fill_enum(edit.adjustment);
        if (edit.adjustment == Adjustment::Scale)
          fill(edit.factor);
        else
          fill(edit.amount);
        value = edit;
        break;
      }
      case 2: {
        CostChange edit;
        fill(edit.activity), fill(edit.amount), fill(edit.cost_account);
        value = edit;
        break;
      }
      case 3: {
        RateChange edit;
        fill(edit.resource), fill(edit.factor), fill(edit.from);
        value = edit;
        break;
      }
      case 4: {
        LinkChange edit;
        fill(edit.link), fill(edit.remove);
        value = edit;
        break;
      }
      case 5: {
        ActivityAddition edit;
        fill(edit.activity), fill(edit.assignments), fill(edit.expenses);
        value = edit;
        break;
      }
      case 6: {
        ActivityRemoval edit;
        fill(edit.activity);
        value = edit;
        break;
      }
      default: {
        ConstraintChange edit;
        fill(edit.activity), fill(edit.constraint);
        value = edit;
      }
    }
  }
  template <class T>
  void fill(std::optional<T>& value) {
    value.reset();
    if (below(2)) fill(value.emplace());
  }
  template <class T>
  void fill(std::vector<T>& values) {
    values.clear();
    for (int i = below(3); i > 0; --i) fill(values.emplace_back());
  }
  template <class T>
  void fill_enum(T& value) {
    value = static_cast<T>(below(static_cast<int>(names_of<T>().size())));
  }
  template <class T>
    requires std::is_enum_v<T>
  void fill(T& value) {
    fill_enum(value);
  }
  template <class T>
    requires std::is_class_v<T>
  void fill(T& value) {
    describe(value, [&](char const*, auto& member, auto...) { fill(member); });
  }

  std::mt19937 random_;
  std::int64_t now_ = -1'000'000'000;
  int count_ = 0;
};

}  // namespace rapport
