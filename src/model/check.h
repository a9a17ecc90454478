#pragma once
// What a fact can be told wrong from by itself, without looking at any other.

#include <algorithm>
#include <string>
#include <utility>

#include "rapport/base/error.h"
#include "rapport/model/facts.h"

namespace rapport {

/// Collects what is found about one fact after another.
class Findings {
 public:
  explicit Findings(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  template <class T>
  void turn_to(T const& fact) {
    name_ = FactTraits<T>::name;
    key_ = &fact.key;
  }
  void error(std::string message, std::string action) {
    add(Severity::Error, std::move(message), std::move(action));
  }
  void warn(std::string message, std::string action) {
    add(Severity::Warning, std::move(message), std::move(action));
  }

 private:
  void add(Severity severity, std::string message, std::string action) {
    std::string subject = name_;
    std::replace(subject.begin(), subject.end(), '_', ' ');
    subject += key_->empty() ? " without a key" : " " + *key_;
    diagnostics_.push_back({severity, {}, 0, 0, std::move(subject), std::move(message), std::move(action)});
  }

  Diagnostics& diagnostics_;
  char const* name_ = "";
  std::string const* key_ = nullptr;
};

/// Values out of range and values that contradict each other.
void check(Stakeholder const&, Findings&);
void check(Responsibility const&, Findings&);
void check(Requirement const&, Findings&);
void check(Deliverable const&, Findings&);
void check(Test const&, Findings&);
void check(Trace const&, Findings&);
void check(Subproject const&, Findings&);
void check(Calendar const&, Findings&);
void check(WbsNode const&, Findings&);
void check(Activity const&, Findings&);
void check(Link const&, Findings&);
void check(Resource const&, Findings&);
void check(Assignment const&, Findings&);
void check(CostAccount const&, Findings&);
void check(Expense const&, Findings&);
void check(ContractMilestone const&, Findings&);
void check(RecordedDates const&, Findings&);
void check(ChangeRequest const&, Findings&);
void check(Risk const&, Findings&);
void check(Message const&, Findings&);
void check(ApprovalLimit const&, Findings&);
void check(ExchangeRate const&, Findings&);
void check(Escalation const&, Findings&);

/// "{value} is not between {low} and {high}" as an error about `field`.
void check_range(char const* field, double value, double low, double high, Findings& findings);

}  // namespace rapport
