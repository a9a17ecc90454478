#pragma once
// What a change costs: every line is a difference of two exact amounts, so the total is too.

#include <optional>
#include <string_view>
#include <unordered_map>

#include "impact/parts.h"
#include "impact/price.h"

namespace rapport::detail {

class Ledger {
 public:
  Ledger(Context const& context, PlanChange const& plan, Impact::Parts& parts)
      : context_(context), plan_(plan), parts_(parts) {}

  void write();

 private:
  void line(CostLine line);
  void unknown(std::string const& activity, std::string const& resource, Work effort, std::string reason);
  [[nodiscard]] CostLine started(CostCategory category, Assignment const& assignment) const;
  void assigned(Assignment const& assignment, ActivityIndex index, ActivityDelta const& delta,
                ActivityEffect const* effect);
  /// An assignment with an entered cost. `before` and `after`: when the rest of it begins.
  void entered(Assignment const& assignment, ActivityIndex index, Assignment const& changed,
               std::optional<Assignment> const& again, ActivityDelta const& delta, Instant before,
               Instant after);
  void entered(CostChange const& cost);
  void moved_price(Assignment const& assignment, Money amount, std::string reason);
  /// The price per use: paid once by what begins, saved by what does not, paid again by rework.
  void uses(Assignment const& assignment, Resource const& resource, bool begun, Instant before, Instant after,
            std::optional<Instant> again);
  void use_line(Assignment const& assignment, Resource const& resource, Money amount,
                std::string const& what);
  void quantities(Assignment const& assignment, Resource const& resource, ActivityEffect const* effect,
                  Instant before, Instant after, Instant rework);
  void effort_line(Assignment const& assignment, Resource const& resource, Work work, Price const& price,
                   std::string const& what_for);
  void quantity(Assignment const& assignment, Resource const& resource, double share,
                std::vector<DatedRate> const& rates, Instant when, std::optional<Money> amount = {});
  /// An activity that is not done any more: what the cost of the plan has as to come falls away, what it has
  /// as spent is thrown away.
  void falls_away(Assignment const& assignment, Resource const& resource, ActivityIndex index,
                  ActivityDelta const& delta);
  void falls_away(Expense const& expense, ActivityDelta const& delta);
  void discard(CostLine entry);
  /// From when to when an activity holds what is paid by the day.
  [[nodiscard]] Span held(std::string const& key, ActivityDates const& dates) const;
  [[nodiscard]] Money sum_of(std::vector<DatedAmount> const& parts, Currency currency) const;
  void expense(Expense const& expense, ActivityIndex index, ActivityDelta const& delta,
               ActivityEffect const* effect);
  void fixed(Expense const& expense, ActivityIndex index, ActivityDelta const& delta, std::string const& name,
             CostLine entry);
  void unassigned(ActivityIndex index, ActivityDelta const& delta, ActivityEffect const& effect);
  void added();
  void tests();
  void contracts();
  void total();

  Context const& context_;
  PlanChange const& plan_;
  Impact::Parts& parts_;
  std::optional<std::unordered_map<std::string_view, Work>>
      more_work_;  ///< By activity, once it is asked for.
};

}  // namespace rapport::detail
