// Prices every assignment, expense and contract milestone of a plan.

#include "impact/cost_items.h"

#include <algorithm>
#include <limits>

#include "impact/price.h"
#include "impact/status_date.h"

namespace rapport::detail {
namespace {

/// When the work of an activity is done, and how far it is.
struct Place {
  ActivityIndex index;
  std::optional<ActivityIndex> before;  ///< In the plan before the change, if there is one.
  bool begun = false, completed = false, inactive = false;
  Instant now;
  Span all, done, left;
};

class ItemWriter {
 public:
  ItemWriter(Project const& project, Schedule const& schedule, StatusDate const& status, CostBasis basis,
             PlanBefore const* before)
      : facts_(project.facts()),
        project_(project),
        schedule_(schedule),
        network_(schedule.network()),
        prices_(project),
        status_(status),
        before_(before),
        baseline_(basis == CostBasis::Baseline) {}

  CostItems write() {
    charged_.resize(facts_.resources.size());
    out_.items.reserve(facts_.assignments.size() + facts_.expenses.size());
    for (std::uint32_t row = 0; row < facts_.assignments.size(); ++row)
      assigned(facts_.assignments[row], row);
    for (std::uint32_t row = 0; row < facts_.expenses.size(); ++row) expense(facts_.expenses[row], row);
    if (baseline_)
      budgets();
    else
      for (std::uint32_t row = 0; row < facts_.contract_milestones.size(); ++row)
        contract(facts_.contract_milestones[row], row);
    if (without_baseline_ > 0)
      out_.notes.push_back({.severity = Severity::Info,
                            .file = {},
                            .subject = "baseline",
                            .message = std::to_string(without_baseline_) + " activities have no baseline",
                            .action = "they are priced at their scheduled dates"});
    return std::move(out_);
  }

  CostItems write_assignment(std::uint32_t row) {
    assigned(facts_.assignments[row], row);
    return std::move(out_);
  }

  CostItems write_expense(std::uint32_t row) {
    expense(facts_.expenses[row], row);
    return std::move(out_);
  }

 private:
  struct Charged {
    bool known = false;
    ResourceRates now, entered;
  };

  /// Where the activity with this key stands; absent where the schedule does not know it.
  Place const* place(std::string const& key) {
    if (placed_ && key == placed_key_) return &place_;
    auto const index = network_.find(key);
    if (!index) return nullptr;
    placed_ = true;
    placed_key_ = key;
    place_ = at(*index);
    return &place_;
  }

  Place at(ActivityIndex index) {
    Place made;
    made.index = index;
    if (before_) made.before = before_->network.find(network_.key(index));
    auto const dates = schedule_.dates(index);
    auto const& values = network_.values();
    made.now = status_.of(index);
    made.inactive = values.microsoft_tasks[values.microsoft[index.value]].inactive;
    if (baseline_) {
      auto const* recorded = project_.find<RecordedDates>(network_.key(index));
      bool const kept = recorded && recorded->baseline;
      if (!kept) note_without_baseline(index);
      made.all = kept ? Span{recorded->baseline->start, recorded->baseline->finish}
                      : Span{start_of(network_, index, dates.early_start), dates.early_finish};
      made.left = made.all;
      made.inactive = false;
      return made;
    }
    made.begun = network_.started(index);
    made.completed = network_.completed(index);
    made.all = {start_of(network_, index, dates.early_start), dates.early_finish};
    made.left = remaining_span(dates.early_start, dates.early_finish, made.now);
    made.done.start = made.all.start;
    auto const finished = values.actual_finish[index.value];
    made.done.finish = finished == no_instant ? std::max(made.done.start, made.now) : Instant{finished};
    return made;
  }

  void note_without_baseline(ActivityIndex index) {
    if (unkept_.empty()) unkept_.resize(network_.activity_count());
    if (!unkept_[index.value]) ++without_baseline_;
    unkept_[index.value] = true;
  }

  Charged const& charged(std::uint32_t row) {
    auto& charged = charged_.empty() ? alone_ : charged_[row];
    if (!charged.known) {
      charged.known = true;
      charged.now = prices_.rates(facts_.resources[row], {}, {});
      if (prices_.rising()) charged.entered = prices_.rates(facts_.resources[row], {}, {}, Rise::LeftOut);
    }
    return charged;
  }

  std::uint32_t account(std::string const& key) {
    if (key.empty()) return CostItem::none;
    if (key == account_key_) return account_;
    auto const row = project_.index_of(FactKind::CostAccount, key);
    account_key_ = key;
    account_ = row ? static_cast<std::uint32_t>(*row) : CostItem::none;
    return account_;
  }

  /// Keeps `item`, of what is done or left of an activity, with `amount`.
  void add(CostItem item, Money amount, Place const& place, bool done, Span when) {
    out_.priced = true;
    if (amount.minor == 0) return;
    settle(amount);
    item.amount = amount.minor;
    item.activity = place.index.value;
    item.start = when.start;
    item.finish = when.finish;
    item.state = done ? CostState::Spent : CostState::ToCome;
    if (item.accrual == Accrual::Start) {
      item.start = place.all.start;
      if (place.begun) item.state = CostState::Spent;
    } else if (item.accrual == Accrual::End) {
      item.finish = place.all.finish;
      item.state = place.completed ? CostState::Spent : CostState::ToCome;
    }
    item.assumed = item.state == CostState::Spent && item.reason != CostReason::RecordedCost &&
                   item.reason != CostReason::RecordedExpense;
    if (place.inactive) item.category = CostCategory::Discarded;
    if (item.curve.curve) lay_on_curve(item, place);
    out_.items.push_back(std::move(item));
  }

  /// The curve lies over what is done and what is left of the activity.
  void lay_on_curve(CostItem& item, Place const& place) const {
    auto const& calendar = network_.calendar(place.index);
    auto const within = [&](Span const& span, Instant until) {
      return std::max<std::int64_t>(
          0, calendar.between(span.start, std::clamp(until, span.start, std::max(span.start, span.finish)))
                 .seconds);
    };
    auto const before = [&](Instant when) {
      return (place.begun ? within(place.done, when) : 0) + within(place.left, when);
    };
    auto const all = static_cast<double>(before(std::max(place.done.finish, place.left.finish)));
    if (all <= 0) return;
    item.curve.from = static_cast<double>(before(item.start)) / all;
    item.curve.to = static_cast<double>(before(item.finish)) / all;
  }

  void settle(Money amount) {
    if (out_.items.empty()) {
      out_.currency = amount.currency;
      first_ = amount;
    } else if (amount.currency != out_.currency) {
      throw InvalidInput("the plan has costs in several currencies, such as " + to_string(first_) + " and " +
                         to_string(amount) + "; give the project's currency and exchange rates into it");
    }
  }

  void set_price(CostItem& item, DatedRate const& rate) { detail::set_price(item, rate, out_); }

  // -- assignments -------------------------------------------------------------------------------

  void assigned(Assignment const& assignment, std::uint32_t position) {
    auto const& original = before_ && position < before_->facts.assignments.size()
                               ? before_->facts.assignments[position]
                               : assignment;
    auto const* where = place(assignment.activity);
    auto const row = project_.index_of(FactKind::Resource, assignment.resource);
    if (!where || !row) return;
    auto const& resource = facts_.resources[*row];
    CostItem item;
    item.category = category_of(resource.kind);
    item.resource = static_cast<std::uint32_t>(*row);
    item.account = account(assignment.cost_account);
    item.accrual = resource.accrual;
    if (!assignment.curve.empty()) item.curve.curve = std::make_shared<ResourceCurve const>(assignment.curve);
    Work const left = baseline_ ? assignment.work : remaining_effort(network_, assignment, where->index);
    Work const done =
        baseline_
            ? Work{}
            : assignment.actual.value_or(Work{std::max<std::int64_t>(0, (assignment.work - left).seconds)});
    bool const recorded = !baseline_ && assignment.actual_cost.has_value();
    if (recorded) {
      CostItem spent = item;
      spent.reason = CostReason::RecordedCost;
      spent.accrual = Accrual::Prorated;
      spent.work = done.seconds;
      add(spent, prices_.at(*assignment.actual_cost, where->done.finish, {}, {}, Rise::LeftOut), *where, true,
          where->done);
    }
    // What a record leaves open has not been paid, whatever the accrual says.
    if (recorded && item.accrual == Accrual::Start) item.accrual = Accrual::Prorated;
    if (assignment.cost) return entered(item, original, assignment, *where, left, recorded);
    auto const& rates = charged(item.resource);
    if (rates.now.standard.empty()) {
      if (!recorded && (assignment.work.seconds != 0 || assignment.quantity != 0) && !where->inactive)
        out_.unpriced.push_back({assignment.activity, resource.key, assignment.work,
                                 "resource " + resource.key + " has no rate"});
      return;
    }
    if (!(recorded && where->begun) && !(where->inactive && !where->begun))
      use(item, resource, assignment, *where);
    if (by_quantity(resource)) return material(item, original, assignment, *where, rates, recorded);
    if (!recorded && done.seconds > 0) effort(item, assignment, *where, rates, done, true);
    if (!where->inactive) effort(item, assignment, *where, rates, left, false);
  }

  /// An entered cost is spent as the work is done.
  void entered(CostItem item, Assignment const& original, Assignment const& assignment, Place const& where,
               Work left, bool recorded) {
    item.reason = CostReason::EnteredCost;
    auto cost = baseline_ ? EnteredCost{{0, {}},
                                        prices_.at(*assignment.cost, where.left.start, {}, {}, Rise::LeftOut)}
                          : entered_cost(prices_, measured(where), original,
                                         where.before.value_or(where.index), where.left.start);
    if (before_ && !baseline_) cost = changed_cost(prices_, cost, assignment, where.left.start);
    if (!recorded) {
      item.work = std::max<std::int64_t>(0, (assignment.work - left).seconds);
      add(item, cost.done, where, true, where.done);
    }
    item.work = left.seconds;
    if (!where.inactive) add(item, cost.open, where, false, where.left);
  }

  /// Where it is read how far the activity is.
  [[nodiscard]] Network const& measured(Place const& where) const {
    return where.before ? before_->network : network_;
  }

  [[nodiscard]] Money open_share(Money amount, Place const& where) const {
    if (baseline_) return amount;
    return open_part(measured(where), where.before.value_or(where.index), amount);
  }

  void use(CostItem item, Resource const& resource, Assignment const& assignment, Place const& where) {
    item.reason = CostReason::Use;
    Instant const when = where.all.start;
    Money const used = prices_.use(resource, assignment.units, when, Rise::LeftOut);
    if (used.minor == 0) return;
    if (item.accrual == Accrual::Prorated) item.accrual = Accrual::Start;
    add(item, used, where, where.begun, {when, where.all.finish});
    if (prices_.rising())
      rise(item, prices_.use(resource, assignment.units, when) - used, where, where.begun,
           {when, where.all.finish});
  }

  void rise(CostItem item, Money amount, Place const& where, bool done, Span when) {
    if (item.reason != CostReason::Effort && item.reason != CostReason::Quantity) item.price = 0;
    item.category = CostCategory::Escalation;
    item.reason = CostReason::Rise;
    item.quantity = 0;
    item.work = 0;
    add(item, amount, where, done, when);
  }

  void material(CostItem item, Assignment const& original, Assignment const& assignment, Place const& where,
                Charged const& rates, bool recorded) {
    item.reason = CostReason::Quantity;
    DatedRate const& rate = dated_rate_at(where.all.start, rates.now.standard);
    DatedRate const& plain = prices_.rising() ? dated_rate_at(where.all.start, rates.entered.standard) : rate;
    Money const all = cost_of(assignment.quantity, plain.rate);
    Money const risen = cost_of(assignment.quantity, rate.rate) - all;
    Money const was = cost_of(original.quantity, plain.rate);
    Money const risen_before = cost_of(original.quantity, rate.rate) - was;
    Money const open = all - (was - open_share(was, where));
    Money const open_rise = risen - (risen_before - open_share(risen_before, where));
    auto const part = [&](Money amount, Money of_rise, bool done, Span when) {
      CostItem some = item;
      set_price(some, plain);
      some.quantity = all.minor == 0 ? assignment.quantity
                                     : assignment.quantity * static_cast<double>(amount.minor) /
                                           static_cast<double>(all.minor);
      add(some, amount, where, done, when);
      set_price(some, rate);
      if (of_rise.minor != 0) rise(some, of_rise, where, done, when);
    };
    if (!recorded) part(all - open, risen - open_rise, true, where.done);
    if (!where.inactive) part(open, open_rise, false, where.left);
  }

  void effort(CostItem const& item, Assignment const& assignment, Place const& where, Charged const& rates,
              Work work, bool done) {
    Work const overtime = overtime_in(work, assignment);
    Span const when = done ? where.done : where.left;
    hours(item, work - overtime, rates.now.standard, rates.entered.standard, where, done, when);
    if (overtime.seconds == 0) return;
    CostItem extra = item;
    extra.category = CostCategory::Overtime;
    hours(extra, overtime, rates.now.overtime, rates.entered.overtime, where, done, when);
  }

  void hours(CostItem item, Work work, std::vector<DatedRate> const& rates,
             std::vector<DatedRate> const& entered, Place const& where, bool done, Span when) {
    if (work.seconds == 0) return;
    auto const& calendar = network_.calendar(where.index);
    auto const keep = [&](Portion const& part, Portion const& plain) {
      item.work = part.work.seconds;
      set_price(item, plain.at);
      add(item, plain.amount, where, done, part.when);
      if (part.amount.minor == plain.amount.minor) return;
      CostItem risen = item;
      set_price(risen, part.at);
      rise(risen, part.amount - plain.amount, where, done, part.when);
    };
    if (rates.size() == 1 && !prices_.rising()) {  // most plans: no list for each assignment
      Portion const all{when, work, rates.front(), cost_of(work, rates.front().rate)};
      return keep(all, all);
    }
    auto const parts = portions_of(work, when, calendar, rates);
    if (!prices_.rising()) {
      for (auto const& part : parts) keep(part, part);
      return;
    }
    auto const plain = portions_of(work, when, calendar, entered);
    for (std::size_t i = 0; i < parts.size(); ++i) keep(parts[i], plain[i]);
  }

  // -- expenses ----------------------------------------------------------------------------------

  void expense(Expense const& expense, std::uint32_t row) {
    auto const* where = place(expense.activity);
    if (!where) return;
    CostItem item;
    item.subject = row;
    item.account = account(expense.cost_account);
    item.accrual = expense.accrual;
    item.category = expense.kind == ExpenseKind::Fixed ? CostCategory::Expense : CostCategory::TimeDependent;
    bool const recorded = !baseline_ && expense.actual.has_value();
    if (recorded) {
      CostItem spent = item;
      spent.reason = CostReason::RecordedExpense;
      spent.accrual = Accrual::Prorated;
      add(spent, prices_.at(*expense.actual, where->done.finish, {}, {}, Rise::LeftOut), *where, true,
          where->done);
    }
    if (recorded && item.accrual == Accrual::Start) item.accrual = Accrual::Prorated;
    if (expense.kind == ExpenseKind::Fixed)
      fixed(item, expense, *where, recorded);
    else
      per_day(item, expense, *where, recorded);
  }

  void fixed(CostItem item, Expense const& expense, Place const& where, bool recorded) {
    item.reason = CostReason::Expense;
    Money const open = baseline_
                           ? expense.amount
                           : still_to_come(measured(where), expense, where.before.value_or(where.index));
    if (!recorded) spread(item, expense.amount - open, expense, where, true, where.done);
    if (!where.inactive) spread(item, open, expense, where, false, where.left);
  }

  void spread(CostItem const& item, Money amount, Expense const& expense, Place const& where, bool done,
              Span when) {
    if (amount.minor == 0) {
      out_.priced = true;
      return;
    }
    auto const& calendar = network_.calendar(where.index);
    auto const parts = prices_.spread(amount, when, calendar, expense.cost_account, Rise::LeftOut);
    for (auto const& part : parts) add(item, part.amount, where, done, part.when);
    if (!prices_.rising()) return;
    auto const risen = prices_.spread(amount, when, calendar, expense.cost_account);
    for (std::size_t i = 0; i < parts.size(); ++i)
      rise(item, risen[i].amount - parts[i].amount, where, done, parts[i].when);
  }

  void per_day(CostItem item, Expense const& expense, Place const& where, bool recorded) {
    item.reason = CostReason::PerDay;
    std::optional<Instant> const cut = where.begun ? std::optional(where.now) : std::nullopt;
    auto const parts = prices_.per_day(expense.amount, where.all, expense.cost_account, cut, Rise::LeftOut);
    auto const risen =
        prices_.rising() ? prices_.per_day(expense.amount, where.all, expense.cost_account, cut) : parts;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      bool const done = where.completed || (where.begun && parts[i].when.finish <= where.now);
      if (done ? recorded : where.inactive) continue;
      Span when = parts[i].when;
      // The day on which prices change was begun, and so paid, in the part before.
      if (i > 0 && when.start.second_of_day() != 0)
        when.start = rapport::at(when.start.date(), seconds_per_day);
      item.quantity = static_cast<double>(parts[i].days);
      item.price = parts[i].amount.minor / std::max<std::int64_t>(1, parts[i].days);
      add(item, parts[i].amount, where, done, when);
      CostItem more = item;
      if (risen[i].amount.minor != parts[i].amount.minor)
        rise(more, risen[i].amount - parts[i].amount, where, done, when);
    }
  }

  // -- contract milestones, budgets ----------------------------------------------------------------

  void contract(ContractMilestone const& milestone, std::uint32_t row) {
    auto const* where = place(milestone.activity);
    if (!where) return;
    Instant const finish = schedule_.dates(where->index).early_finish;
    auto const terms = terms_at(milestone, finish);
    CostItem item;
    item.subject = row;
    item.accrual = Accrual::End;
    auto const entry = [&](CostCategory category, CostReason reason, Money amount, std::int64_t days,
                           Money per_day) {
      if (amount.minor == 0) return;
      item.category = category;
      item.reason = reason;
      item.quantity = static_cast<double>(days);
      item.price = per_day.minor;
      add(item, prices_.at(amount, finish, {}, {}, Rise::LeftOut), *where, where->completed,
          {finish, finish});
    };
    entry(CostCategory::Penalty, CostReason::Late, terms.penalty, terms.days_late, milestone.penalty_per_day);
    entry(CostCategory::Bonus, CostReason::Early, -terms.bonus, terms.days_early, milestone.bonus_per_day);
  }

  /// Where the baseline keeps a budget, the lines of the activity share it.
  void budgets() {
    std::vector<std::vector<std::uint32_t>> lines;
    for (auto const& recorded : facts_.recorded_dates) {
      if (!recorded.baseline || !recorded.baseline->cost) continue;
      auto const index = network_.find(recorded.key);
      if (!index || network_.kind(*index) == ActivityKind::Summary) continue;
      if (lines.empty()) {
        lines.resize(network_.activity_count());
        for (std::uint32_t i = 0; i < out_.items.size(); ++i) lines[out_.items[i].activity].push_back(i);
      }
      budget(lines[index->value], *index,
             prices_.at(*recorded.baseline->cost, recorded.baseline->start, {}, {}, Rise::LeftOut));
    }
  }

  void budget(std::vector<std::uint32_t> const& lines, ActivityIndex index, Money budget) {
    std::vector<std::int64_t> weights;
    std::int64_t sum = 0;
    for (auto const i : lines) {
      weights.push_back(std::max<std::int64_t>(0, out_.items[i].amount));
      sum = exact_sum(sum, out_.items[i].amount);
    }
    if (sum == budget.minor) return;
    out_.priced = true;
    if (lines.empty()) {
      CostItem item;
      item.category = CostCategory::Expense;
      item.reason = CostReason::Budget;
      auto const where = at(index);
      add(item, budget, where, false, where.all);
      return;
    }
    settle(budget);
    auto const parts = shared_out(budget.minor, weights);
    for (std::size_t i = 0; i < lines.size(); ++i) {
      auto& item = out_.items[lines[i]];
      item.amount = parts[i];
      item.reason = CostReason::Budget;
    }
  }

  Facts const& facts_;
  Project const& project_;
  Schedule const& schedule_;
  Network const& network_;
  Prices const prices_;
  StatusDate const status_;
  PlanBefore const* const before_;
  bool const baseline_;
  std::vector<Charged> charged_;  ///< By resource; empty where one assignment alone is written.
  Charged alone_;
  CostItems out_;
  Money first_;
  std::vector<bool> unkept_;  ///< Activities without a baseline.
  std::size_t without_baseline_ = 0;
  bool placed_ = false;
  std::string placed_key_, account_key_;
  std::uint32_t account_ = CostItem::none;
  Place place_;
};

}  // namespace

void set_price(CostItem& item, DatedRate const& rate, CostItems& costs) {
  item.price = rate.rate.micro;
  item.exchanged = CostItem::none;
  if (!rate.exchanged) return;
  auto& known = costs.exchanged;
  auto const found = std::find(known.begin(), known.end(), *rate.exchanged);
  item.exchanged = static_cast<std::uint32_t>(found - known.begin());
  if (found == known.end()) known.push_back(*rate.exchanged);
}

CostItems cost_items(Project const& project, Schedule const& schedule, CostBasis basis,
                     PlanBefore const* before) {
  StatusDate const status = before ? StatusDate(schedule, before->now) : StatusDate(schedule);
  return ItemWriter(project, schedule, status, basis, before).write();
}

CostItems items_of_assignment(Project const& project, Schedule const& schedule, Instant now,
                              std::uint32_t position) {
  return ItemWriter(project, schedule, {schedule, now}, CostBasis::Current, nullptr)
      .write_assignment(position);
}

CostItems items_of_expense(Project const& project, Schedule const& schedule, Instant now,
                           std::uint32_t position) {
  return ItemWriter(project, schedule, {schedule, now}, CostBasis::Current, nullptr).write_expense(position);
}

}  // namespace rapport::detail
