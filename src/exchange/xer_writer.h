#pragma once
// From facts to the rows of an XER. One object writes one file; write_xer_rows.cpp finds and makes the rows,
// write_xer_fields.cpp says what stands in them.

#include <array>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "exchange/findings.h"
#include "exchange/text_encoder.h"
#include "exchange/write_check.h"
#include "exchange/xer_editor.h"
#include "rapport/model/facts.h"

namespace rapport {

/// The ids that facts have in the file, by key.
struct XerIds {
  using ByKey = std::unordered_map<std::string, std::string>;
  ByKey project, calendar, wbs, activity, resource, role, account, unit;
  ByKey curve;  ///< By curve_key.
};

/// A resource curve in figures; empty for even work.
[[nodiscard]] std::string curve_key(std::vector<double> const& curve);

/// Facts of one side, the file's or the wanted, looked up by key.
struct XerSide {
  XerSide(Facts const& facts, XerIds const& ids);

  Facts const& facts;
  XerIds const& ids;
  std::unordered_map<std::string_view, Activity const*> activity;
  std::unordered_map<std::string_view, RecordedDates const*> recorded;
  std::unordered_map<std::string_view, Resource const*> resource;
  std::unordered_map<std::string_view, WbsNode const*> wbs;
  std::unordered_map<std::string_view, std::string> root;       ///< WBS id that stands for the project.
  std::unordered_map<std::string_view, std::string> task_code;  ///< By key of the activity.

  [[nodiscard]] std::string project_id(std::string const& key) const;
  /// Id of the node on top of the project, or empty.
  [[nodiscard]] std::string root_of(std::string const& subproject) const;
  [[nodiscard]] std::string project_of(std::string const& activity) const;
};

/// What a column says of a fact: `is_text` is UTF-8 that has still to be escaped and encoded.
template <class T>
struct XerField {
  std::string_view column;
  bool is_text;
  std::string (*spell)(T const&, XerSide const&);
};
template <class T>
[[nodiscard]] std::vector<XerField<T>> const& xer_fields();
template <>
std::vector<XerField<Subproject>> const& xer_fields<Subproject>();
template <>
std::vector<XerField<Calendar>> const& xer_fields<Calendar>();
template <>
std::vector<XerField<WbsNode>> const& xer_fields<WbsNode>();
template <>
std::vector<XerField<Activity>> const& xer_fields<Activity>();
template <>
std::vector<XerField<Link>> const& xer_fields<Link>();
template <>
std::vector<XerField<Resource>> const& xer_fields<Resource>();
template <>
std::vector<XerField<Assignment>> const& xer_fields<Assignment>();
template <>
std::vector<XerField<CostAccount>> const& xer_fields<CostAccount>();
template <>
std::vector<XerField<Expense>> const& xer_fields<Expense>();
/// Of SCHEDOPTIONS.
[[nodiscard]] std::vector<XerField<Subproject>> const& xer_option_fields();

/// The text of a calendar, as P6 keeps it. `view` is what P6 notes on how to show it; kept.
[[nodiscard]] std::string xer_clndr_data(Calendar const& calendar, std::string_view view = "");

class XerWriter {
 public:
  XerWriter(std::string_view base, std::string const& code_page, Facts const& before, Facts const& after,
            Findings& findings);

  [[nodiscard]] std::string write();
  [[nodiscard]] FileOrder const& order() const { return order_; }

 private:
  /// Where a fact of the original stands, and what it is now.
  template <class T>
  struct Placed {
    XerRow row;
    T const* before = nullptr;
    T const* after = nullptr;
  };

  void write_currency();
  void write_curves();
  void write_units();
  void write_options();
  void write_rates();
  void add_roots();
  void name_tasks();
  void drop_dependants();

  [[nodiscard]] std::vector<XerRow> link_rows() const;
  [[nodiscard]] std::vector<XerRow> assignment_rows() const;
  [[nodiscard]] std::vector<XerRow> resource_rows() const;
  [[nodiscard]] std::vector<XerRow> expense_rows() const;

  /// Matches the rows of the original to the facts; takes out and adds rows.
  template <class T>
  std::vector<Placed<T>> place(std::vector<XerRow> rows, std::string_view table, std::string_view id_column,
                               XerIds::ByKey* ids);
  template <class T>
  void fill(std::vector<Placed<T>> const& placed, std::vector<XerField<T>> const& fields,
            std::string const& subject);
  [[nodiscard]] std::string fresh_id(std::string_view table, std::string_view column);
  [[nodiscard]] std::string field_text(std::string const& utf8, std::string const& subject);

  Findings& findings_;
  TextEncoder encoder_;
  std::string code_page_;
  XerEditor editor_;
  Facts const &before_facts_, &after_facts_;
  XerIds ids_;
  XerSide before_, after_;
  FileOrder order_;
  std::map<std::string, std::int64_t, std::less<>> last_id_;  // by table
  std::unordered_set<std::string> task_ids_;
  /// Ids taken out of the file, by the column that names them elsewhere.
  std::map<std::string_view, std::unordered_set<std::string>> gone_;
};

}  // namespace rapport
