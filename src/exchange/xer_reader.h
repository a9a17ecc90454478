#pragma once
// From the tables of an XER to facts. One object reads one file; xer_plan.cpp, xer_activities.cpp and
// xer_costs.cpp hold its three parts.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>

#include "exchange/findings.h"
#include "exchange/id_index.h"
#include "exchange/stored_values.h"
#include "exchange/text_decoder.h"
#include "exchange/unique_key.h"
#include "exchange/xer_file.h"
#include "rapport/model/facts.h"

namespace rapport {

/// The tables that facts are made of.
[[nodiscard]] std::vector<std::string_view> const& xer_tables_kept();

struct XerLinkRow;

class XerReader {
 public:
  XerReader(XerFile const& file, std::string_view name, TextDecoder& decoder, Findings& findings)
      : file_(file), name_(name), decoder_(decoder), findings_(findings) {}

  void read_plan();        ///< Currency, projects, their options, calendars, work breakdown.
  void read_activities();  ///< Activities, recorded dates, links.
  void read_costs();       ///< Accounts, resources, rates, assignments, expenses.

  [[nodiscard]] Facts&& take() { return std::move(facts_); }

 private:
  struct RateFields {
    std::string_view max_qty_per_hr, cost_per_qty, start_date;
    std::int64_t line = 0;
  };
  /// What becomes a resource when an assignment names it, and where that stands then.
  struct Role {
    std::string_view short_name, name;
    std::int64_t line = 0;
    std::vector<RateFields> rates{};
    std::uint32_t place = IdIndex::none;
  };

  void read_currency();
  void read_projects();
  void read_options();
  /// Lists it where projects with activities have options that differ and hold for all of them.
  void note_different_options();
  void read_calendars();
  void read_wbs();
  void name_subprojects();
  void name_apart(std::unordered_set<std::string_view> const& shared);
  /// Says of an unfinished activity what of its suspension the dates will not show.
  void note_suspension(Activity const& activity, std::int64_t line);
  void read_links();
  void read_link(XerLinkRow const& row, std::uint32_t predecessor, std::uint32_t successor,
                 std::int64_t line);
  void read_accounts();
  [[nodiscard]] std::string account_key(std::string_view id) const;
  void read_resources();
  void read_roles();
  [[nodiscard]] std::uint32_t resource_for(Role& role);
  void read_rates();
  void add_rate(Resource& resource, RateFields const& fields);
  void read_curves();
  void read_assignments();
  void read_expenses();

  /// Field text as UTF-8, with P6's escapes for quotes and line breaks undone.
  [[nodiscard]] std::string text(std::string_view field);

  void warn(std::int64_t line, std::string_view subject, std::string_view message, std::string_view action) {
    findings_.add(Severity::Warning, line, subject, message, action);
  }
  /// Field values; what cannot be read is listed and taken as absent.
  [[nodiscard]] std::optional<double> number(std::string_view field, char const* column, std::int64_t line) {
    return value(stored_number, field, column, line);
  }
  [[nodiscard]] std::optional<Work> work(std::string_view field, char const* column, std::int64_t line) {
    return value(stored_hours, field, column, line);
  }
  [[nodiscard]] std::optional<Instant> instant(std::string_view field, char const* column,
                                               std::int64_t line) {
    return value(stored_instant, field, column, line);
  }
  [[nodiscard]] std::optional<Money> money(std::string_view field, char const* column, std::int64_t line);
  template <class Value>
  [[nodiscard]] std::optional<Value> value(std::optional<Value> read(std::string_view),
                                           std::string_view field, char const* column, std::int64_t line) {
    if (field.empty()) return std::nullopt;
    auto const result = read(field);
    if (!result) list_unreadable(field, column, line);
    return result;
  }
  void list_unreadable(std::string_view field, char const* column, std::int64_t line);

  XerFile const& file_;
  std::string_view name_;  ///< Of the file.
  TextDecoder& decoder_;
  Findings& findings_;
  Facts facts_;
  std::vector<std::string> wbs_separator_;    // by number of the project
  std::vector<std::uint8_t> states_options_;  // likewise
  IdIndex project_, calendar_, wbs_, activity_, resource_, role_, account_, curve_;
  std::vector<std::vector<double>> curves_;
  std::vector<Role> roles_;
  UniqueKeys resource_keys_;
};

template <class Value>
struct XerChoice {
  std::string_view code;
  Value value;
};

/// The value that `field` stands for, or nothing.
template <class Value, std::size_t n>
[[nodiscard]] std::optional<Value> choose(std::string_view field, XerChoice<Value> const (&choices)[n]) {
  for (auto const& [code, value] : choices) {
    if (code == field) return value;
  }
  return std::nullopt;
}

}  // namespace rapport
