#pragma once
// What work costs under prices that change over time, in the currency of the plan. Everything that puts
// a price on work, of a plan or of a change, goes through here.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"
#include "rapport/network/network.h"

namespace rapport::detail {

struct ActivityEffect;

/// What one unit of a currency costs in another.
struct Exchange {
  Currency of;
  Rate price;
  friend bool operator==(Exchange const&, Exchange const&) = default;
};

/// A rate before it was converted to the currency of the plan.
struct Exchanged {
  Rate rate;
  Exchange at;
  friend bool operator==(Exchanged const&, Exchanged const&) = default;
};

/// A price from an instant on, in the currency of the plan.
struct DatedRate {
  Instant from;
  Rate rate;
  std::optional<Exchanged> exchanged{};
};

/// The rates of one resource, in order; the first holds for all time before. Empty: it has no price.
struct ResourceRates {
  std::vector<DatedRate> standard, overtime;
};

/// When work is done.
struct Span {
  Instant start, finish;
};

/// Some work at one rate.
struct Portion {
  Span when;
  Work work;
  DatedRate at;
  Money amount;
};

/// All work at one rate, whenever it is done.
struct RatedWork {
  Work work;
  DatedRate at;
};

struct Price {
  Money amount;
  std::optional<Rate> single;    ///< When one rate holds throughout.
  std::vector<RatedWork> rates;  ///< Each rate once, in order of time.
};

/// An amount that falls in a span, at the prices of that span.
struct DatedAmount {
  Span when;
  Money amount;
  std::int64_t days = 0;               ///< Of amounts per day.
  Money entered{};                     ///< Before prices.
  std::optional<Exchange> exchange{};  ///< That `entered` was converted at.
};

/// Whether prices are taken with their rise over the years.
enum class Rise : std::uint8_t { Included, LeftOut };

/// Rates, escalations and exchange rates of a project.
class Prices {
 public:
  /// Refers to `project`, which must outlive it. Cost: O(exchange rates + escalations).
  explicit Prices(Project const& project);

  /// Whether nothing but entered rates bears on prices.
  [[nodiscard]] bool plain() const { return escalations_.empty() && exchange_.empty(); }
  /// Whether any price rises by itself.
  [[nodiscard]] bool rising() const { return !escalations_.empty(); }

  /// The rates of `resource` with `edits` of it applied (those without a date from `now` on), escalated
  /// and converted, each to a millionth of the currency unit.
  [[nodiscard]] ResourceRates rates(Resource const& resource, std::span<RateChange const> edits, Instant now,
                                    Rise rise = Rise::Included) const;

  /// `amount` as it is when it falls at `when`: escalated for the resource, or for the account, and
  /// converted to the currency of the plan where a rate is known; rounded once.
  [[nodiscard]] Money at(Money amount, Instant when, std::string const& resource, std::string const& account,
                         Rise rise = Rise::Included) const;
  /// What calling upon the resource costs, once, at `when`.
  [[nodiscard]] Money use(Resource const& resource, double units, Instant when,
                          Rise rise = Rise::Included) const;
  /// `amount` over the working time of `when`, cut where prices change: its parts, before prices, add up
  /// to `amount`.
  [[nodiscard]] std::vector<DatedAmount> spread(Money amount, Span when, WorkingTime const& calendar,
                                                std::string const& account, Rise rise = Rise::Included) const;
  /// The same of so much for every calendar day begun in `when`, cut at `cut` as well.
  [[nodiscard]] std::vector<DatedAmount> per_day(Money amount, Span when, std::string const& account,
                                                 std::optional<Instant> cut = {},
                                                 Rise rise = Rise::Included) const;

  /// What converts amounts in `of` at `when`; absent where they stay as they are.
  [[nodiscard]] std::optional<Exchange> exchanged(Currency of, Instant when) const;

 private:
  struct DatedExchange {
    Instant from;
    Exchange at;
    bool inverse = false;  ///< What one unit of the plan's currency costs is given.
  };
  [[nodiscard]] std::vector<Instant> changes(Currency of, Span when, std::string const& resource,
                                             std::string const& account) const;
  [[nodiscard]] std::vector<DatedRate> priced(Resource const& resource, std::vector<DatedRate> rates,
                                              Rise rise) const;
  [[nodiscard]] Escalation const* escalation(std::string const& resource, std::string const& account) const;
  [[nodiscard]] DatedExchange const* exchange(Currency of, Instant when) const;

  Project const& project_;
  Currency currency_;
  std::vector<Escalation const*> escalations_;
  std::unordered_map<std::string, std::vector<DatedExchange>> exchange_;  ///< By currency, in order of time.
};

/// `work`, spread evenly over the working time of `when`, cut where the rate changes. `rates` must not be
/// empty. Cost: O(rates).
[[nodiscard]] std::vector<Portion> portions_of(Work work, Span when, WorkingTime const& calendar,
                                               std::span<DatedRate const> rates);
/// The sum of the portions of `work`, of which `overtime` is paid at the overtime rates.
[[nodiscard]] Price price_of(Work work, Work overtime, Span when, WorkingTime const& calendar,
                             ResourceRates const& rates);

[[nodiscard]] DatedRate const& dated_rate_at(Instant when, std::span<DatedRate const> rates);
[[nodiscard]] inline Rate rate_at(Instant when, std::span<DatedRate const> rates) {
  return dated_rate_at(when, rates).rate;
}
/// The work in `all` that is not in `other`, at each rate.
[[nodiscard]] std::vector<RatedWork> difference(std::vector<RatedWork> all,
                                                std::vector<RatedWork> const& other);
/// The work of both, each rate once.
[[nodiscard]] std::vector<RatedWork> together(std::vector<RatedWork> all,
                                              std::vector<RatedWork> const& other);

// -- assignments and expenses --------------------------------------------------------------------

/// Effort of the assignment still to do.
[[nodiscard]] Work remaining_effort(Network const& network, Assignment const& assignment,
                                    ActivityIndex index);
/// The overtime in `part` of the work of an assignment, in proportion, to the second.
[[nodiscard]] Work overtime_in(Work part, Assignment const& assignment);
/// Whether the assignment is of an amount and not of effort.
[[nodiscard]] constexpr bool by_quantity(Resource const& resource) {
  return resource.kind == ResourceKind::Material || resource.kind == ResourceKind::Cost;
}
/// What of an amount is not spent yet, by the remaining duration.
[[nodiscard]] Money open_part(Network const& network, ActivityIndex index, Money amount);
/// The entered cost of an assignment, as prices are at `when`: spent as the work is done.
struct EnteredCost {
  Money done, open;
};
[[nodiscard]] EnteredCost entered_cost(Prices const& prices, Network const& network,
                                       Assignment const& assignment, ActivityIndex index, Instant when);
/// The same once a change has made `changed` of the assignment: what is done stays, what is left follows,
/// and nothing is left where no work is.
[[nodiscard]] EnteredCost changed_cost(Prices const& prices, EnteredCost const& before,
                                       Assignment const& changed, Instant when);
/// The rates with the edit: from its date on, but not for what lies before `now`, times its factor.
[[nodiscard]] std::vector<RatePeriod> edited(std::vector<RatePeriod> const& rates, RateChange const& edit,
                                             Instant now);
/// What of a fixed expense is not spent yet: the amount less what was recorded, or as the remaining duration
/// says; nothing once the activity is completed.
[[nodiscard]] Money still_to_come(Network const& network, Expense const& expense, ActivityIndex index);
/// The actual start, or the early one.
[[nodiscard]] Instant start_of(Network const& network, ActivityIndex index, Instant early_start);
/// When what remains at `now` is done.
[[nodiscard]] Span remaining_span(Instant early_start, Instant early_finish, Instant now);

/// A cost that a change enters: it falls, as an expense does, where what is left of the activity after the
/// change is done, in its rework if it has some; at `now` where nothing is left.
[[nodiscard]] std::vector<DatedAmount> entered_parts(Prices const& prices, Schedule const& after,
                                                     CostChange const& cost, ActivityEffect const* effect,
                                                     Instant now);
/// "entered by the change", with what it was converted at.
[[nodiscard]] std::string entered_in_words(std::vector<DatedAmount> const& parts);

// -- exact shares --------------------------------------------------------------------------------

/// amount × part / whole, rounded half away from zero; exact. `whole` > 0.
[[nodiscard]] std::int64_t portion(std::int64_t amount, std::int64_t part, std::int64_t whole);
/// `amount` divided in proportion to `weights` (none negative; all zero: evenly): whole units, what is
/// left over to the largest remainders, of equal ones the first. Adds up to `amount`. Cost: O(n log n).
[[nodiscard]] std::vector<std::int64_t> shared_out(std::int64_t amount,
                                                   std::span<std::int64_t const> weights);

// -- words and terms -----------------------------------------------------------------------------

/// Where the cost of such a resource is told.
[[nodiscard]] CostCategory category_of(ResourceKind kind);

/// "85.50 EUR/h", to the last digit that counts.
[[nodiscard]] std::string to_text(Rate rate, std::string const& unit);
/// " (USD at 0.90 EUR)"; nothing where nothing was converted.
[[nodiscard]] std::string to_text(std::optional<Exchange> const& exchange);
/// As it was entered: "100.00 USD/h (USD at 0.90 EUR)".
[[nodiscard]] std::string to_text(DatedRate const& rate, std::string const& unit);
/// " at 85.50 EUR/h"; where rates differ ": 8h at 80.00 EUR/h, 16h at 100.00 EUR/h".
[[nodiscard]] std::string at_rates(std::vector<RatedWork> const& work);
/// The same with what it is compared with: " at 90.00 EUR/h instead of 80.00 EUR/h".
[[nodiscard]] std::string at_rates(std::vector<RatedWork> const& work, std::vector<RatedWork> const& before);
/// What of an amount was converted, and at what: "60.00 USD (USD at 0.90 EUR)"; nothing where nothing was.
[[nodiscard]] std::string conversions(std::vector<DatedAmount> const& parts);

/// Calendar days begun from `start` to `finish`: one that ends at midnight does not begin the next.
[[nodiscard]] std::int64_t days_begun(Instant start, Instant finish);

/// Penalty and bonus of a contract milestone met at `finish` (unit: days, money).
struct ContractTerms {
  std::int64_t days_past = 0;  ///< Begun after the agreed date, those of grace too.
  std::int64_t days_late = 0;  ///< That are paid for, if the cap allows.
  std::int64_t days_early = 0;
  Money penalty, bonus;
};
[[nodiscard]] ContractTerms terms_at(ContractMilestone const& milestone, Instant finish);
/// "18 days late, 5 of grace, 13 at 1500.00 EUR a day, capped at 15000.00 EUR", "not late".
[[nodiscard]] std::string late_in_words(ContractMilestone const& milestone, ContractTerms const& terms);
/// "4 full days early at 800.00 EUR a day", "not a full day early".
[[nodiscard]] std::string early_in_words(ContractMilestone const& milestone, ContractTerms const& terms);

}  // namespace rapport::detail
