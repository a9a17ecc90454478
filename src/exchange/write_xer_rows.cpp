#include <algorithm>
#include <charconv>

#include "exchange/spelled_values.h"
#include "exchange/stored_values.h"
#include "exchange/xer_writer.h"

namespace rapport {
namespace {

std::int64_t as_id(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

/// Rows of other tables hang on these: which table's rows have the id in which column.
struct Owner {
  std::string_view table, id_column;
};
constexpr Owner owners[] = {{"PROJECT", "proj_id"},
                            {"PROJWBS", "wbs_id"},
                            {"TASK", "task_id"},
                            {"RSRC", "rsrc_id"},
                            {"TASKRSRC", "taskrsrc_id"}};

constexpr std::size_t curve_parts = 20;

/// The node "(0||name(…)(…))" of a calendar's text with all in it; empty when there is none.
std::string_view part_called(std::string const& name, std::string_view text) {
  std::size_t const from = text.find("(0||" + name + "(");
  if (from == std::string_view::npos) return {};
  int depth = 0;
  for (std::size_t i = from; i < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return text.substr(from, i + 1 - from);
  }
  return {};
}

constexpr std::string_view derived_columns[] = {"pred_proj_id", "status_code", "remain_cost", "rsrc_type",
                                                "name_sep_char"};

bool is_owner(std::string_view table) {
  return std::any_of(std::begin(owners), std::end(owners),
                     [&](Owner const& each) { return each.table == table && table != "TASKRSRC"; });
}

}  // namespace

XerSide::XerSide(Facts const& all, XerIds const& known) : facts(all), ids(known) {
  for (Activity const& each : facts.activities) activity.try_emplace(each.key, &each);
  for (RecordedDates const& each : facts.recorded_dates) recorded.try_emplace(each.key, &each);
  for (Resource const& each : facts.resources) resource.try_emplace(each.key, &each);
  for (WbsNode const& each : facts.wbs) wbs.try_emplace(each.key, &each);
}

std::string XerSide::project_id(std::string const& key) const {
  auto const place = ids.project.find(key);
  if (place != ids.project.end()) return place->second;
  // Empty means the only one.
  return key.empty() && ids.project.size() == 1 ? ids.project.begin()->second : "";
}

std::string XerSide::root_of(std::string const& subproject) const {
  bool const only = subproject.empty() && facts.subprojects.size() == 1;
  auto const place = root.find(only ? facts.subprojects[0].key : subproject);
  return place == root.end() ? "" : place->second;
}

std::string XerSide::project_of(std::string const& key) const {
  auto const place = activity.find(key);
  return place == activity.end() ? "" : project_id(place->second->subproject);
}

XerWriter::XerWriter(std::string_view base, std::string const& code_page, Facts const& before,
                     Facts const& after, Findings& findings)
    : findings_(findings),
      encoder_(code_page),
      code_page_(code_page),
      editor_(base, "the original"),
      before_facts_(before),
      after_facts_(after),
      before_(before, ids_),
      after_(after, ids_) {}

std::string XerWriter::fresh_id(std::string_view table, std::string_view column) {
  auto place = last_id_.find(table);
  if (place == last_id_.end()) {
    std::int64_t last = 0;
    for (XerRow const row : editor_.rows(table)) last = std::max(last, as_id(editor_.get(row, column)));
    place = last_id_.emplace(table, last).first;
  }
  return std::to_string(++place->second);
}

std::string XerWriter::field_text(std::string const& utf8, std::string const& subject) {
  bool const plain =
      std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= ' ' && c < 0x7F && c != '"'; });
  if (plain) return utf8;
  std::string escaped;
  for (char const c : utf8) {
    if (c == '"')
      escaped += "\"\"";
    else if (c == '\n' || c == '\r')
      escaped += "\x7F\x7F";
    else
      escaped += static_cast<unsigned char>(c) < ' ' || c == 0x7F ? ' ' : c;
  }
  std::size_t const lost = encoder_.lost();
  std::string bytes = encoder_.encode(escaped);
  if (encoder_.lost() > lost)
    findings_.add(Severity::Warning, 0, subject, "text has characters that " + code_page_ + " lacks",
                  "written as \"?\"; save the original as UTF-8 to keep them");
  return bytes;
}

std::vector<XerRow> XerWriter::link_rows() const {
  std::vector<XerRow> result;
  for (XerRow const row : editor_.rows("TASKPRED"))
    if (task_ids_.contains(std::string(editor_.get(row, "task_id"))) &&
        task_ids_.contains(std::string(editor_.get(row, "pred_task_id"))))
      result.push_back(row);
  return result;
}

std::vector<XerRow> XerWriter::resource_rows() const {
  std::vector<XerRow> result = editor_.rows("RSRC");
  std::unordered_set<std::string_view> needed;
  for (XerRow const row : editor_.rows("TASKRSRC"))
    if (editor_.get(row, "rsrc_id").empty()) needed.insert(editor_.get(row, "role_id"));
  for (XerRow const row : editor_.rows("ROLES")) {
    std::string_view const id = editor_.get(row, "role_id");
    if (!id.empty() && needed.contains(id)) result.push_back(row);
  }
  return result;
}

std::vector<XerRow> XerWriter::assignment_rows() const {
  std::unordered_set<std::string_view> resources, roles;
  for (XerRow const row : editor_.rows("RSRC")) resources.insert(editor_.get(row, "rsrc_id"));
  for (XerRow const row : editor_.rows("ROLES")) roles.insert(editor_.get(row, "role_id"));
  std::vector<XerRow> result;
  for (XerRow const row : editor_.rows("TASKRSRC")) {
    std::string_view const resource = editor_.get(row, "rsrc_id");
    bool const known =
        resource.empty() ? roles.contains(editor_.get(row, "role_id")) : resources.contains(resource);
    if (known && task_ids_.contains(std::string(editor_.get(row, "task_id")))) result.push_back(row);
  }
  return result;
}

std::vector<XerRow> XerWriter::expense_rows() const {
  std::vector<XerRow> result;
  for (XerRow const row : editor_.rows("PROJCOST"))
    if (task_ids_.contains(std::string(editor_.get(row, "task_id")))) result.push_back(row);
  return result;
}

template <class T>
std::vector<XerWriter::Placed<T>> XerWriter::place(std::vector<XerRow> rows, std::string_view table,
                                                   std::string_view id_column, XerIds::ByKey* ids) {
  auto const& before = before_facts_.*FactTraits<T>::member;
  auto const& after = after_facts_.*FactTraits<T>::member;
  if (rows.size() != before.size())
    throw InvalidInput("the original cannot be matched with its own facts in table " + std::string(table) +
                       "; write without it");
  auto const key_of = [&](XerRow row) {
    return editor_.name(row.table) == "ROLES" ? std::string_view("role_id") : id_column;
  };
  std::unordered_map<std::string_view, std::size_t> was;
  for (std::size_t i = 0; i < before.size(); ++i) was.try_emplace(before[i].key, i);
  std::vector<Placed<T>> placed(before.size());
  std::vector<Placed<T>> added;
  for (std::size_t i = 0; i < before.size(); ++i) placed[i] = {rows[i], &before[i], nullptr};
  std::unordered_set<std::string> taken;
  if constexpr (std::is_same_v<T, Activity>)
    for (XerRow const row : rows) taken.emplace(editor_.get(row, id_column));
  for (T const& fact : after) {
    if (auto const place = was.find(fact.key); place != was.end()) {
      placed[place->second].after = &fact;
      continue;
    }
    Placed<T> one{editor_.add(table), nullptr, &fact};
    std::string id;
    if constexpr (std::is_same_v<T, Activity>) {
      if (as_id(fact.source_id) > 0 && std::to_string(as_id(fact.source_id)) == fact.source_id &&
          taken.insert(fact.source_id).second)
        id = fact.source_id;
    }
    if (id.empty()) {
      do id = fresh_id(table, id_column);
      while (!taken.insert(id).second);
    }
    editor_.set(one.row, id_column, id);
    added.push_back(one);
  }
  auto& gone = gone_[id_column];
  for (auto const& each : placed) {
    if (each.after) continue;
    gone.emplace(editor_.get(each.row, key_of(each.row)));
    editor_.remove(each.row);
  }
  std::erase_if(placed, [](auto const& each) { return !each.after; });
  placed.insert(placed.end(), added.begin(), added.end());
  auto& keys = order_.of<T>();
  for (auto const& each : placed) {
    keys.push_back(each.after->key);
    if (!ids) continue;
    std::string id(editor_.get(each.row, key_of(each.row)));
    if (editor_.name(each.row.table) == "ROLES")
      ids_.role.try_emplace(each.after->key, std::move(id));
    else
      ids->try_emplace(each.after->key, std::move(id));
  }
  // References of the original that no longer lead anywhere must still be said of the facts before.
  return placed;
}

template <class T>
void XerWriter::fill(std::vector<Placed<T>> const& placed, std::vector<XerField<T>> const& fields,
                     std::string const& subject) {
  for (auto const& each : placed) {
    bool const role = editor_.name(each.row.table) == "ROLES";
    for (auto const& field : fields) {
      std::string wanted = field.spell(*each.after, after_);
      if (each.before && field.spell(*each.before, before_) == wanted) continue;
      std::string column(field.column);
      if constexpr (std::is_same_v<T, Calendar>)
        if (column == "clndr_data" && each.before)
          wanted = xer_clndr_data(*each.after, part_called("VIEW", editor_.get(each.row, column)));
      if constexpr (std::is_same_v<T, Resource>) {
        if (role && !column.starts_with("rsrc_short_name") && !column.starts_with("rsrc_name")) continue;
        if (role) column = "role" + column.substr(4);
      }
      // What only P6 itself looks at needs no column where the file has none.
      constexpr bool in_project = std::is_same_v<T, Activity> || std::is_same_v<T, WbsNode>;
      bool const derived = std::find(std::begin(derived_columns), std::end(derived_columns), column) !=
                               std::end(derived_columns) ||
                           (!in_project && column == "proj_id");
      if (derived && !editor_.has_column(each.row.table, column)) continue;
      editor_.set(each.row, column,
                  field.is_text ? field_text(wanted, subject + " " + each.after->key) : wanted);
    }
  }
}

void XerWriter::write_currency() {
  Currency const currency = after_facts_.currency;
  if (currency == before_facts_.currency && editor_.tables() > 0) return;
  // No currency is a code, too, XXX: readers stumble over a currency without a name.
  std::string const code = currency.code();
  if (currency != before_facts_.currency && editor_.currency() != code) editor_.set_currency(code);
  for (XerRow const row : editor_.rows("CURRTYPE"))
    if (editor_.get(row, "curr_short_name") == code) return;
  XerRow const row = editor_.add("CURRTYPE");
  editor_.set(row, "curr_id", fresh_id("CURRTYPE", "curr_id"));
  editor_.set(row, "decimal_digit_cnt", std::to_string(currency.minor_digits()));
  editor_.set(row, "curr_symbol", code);
  editor_.set(row, "curr_type", code);
  editor_.set(row, "curr_short_name", code);
}

void XerWriter::write_units() {
  for (XerRow const row : editor_.rows("UMEASURE")) {
    std::string const id(editor_.get(row, "unit_id"));
    ids_.unit.try_emplace(std::string(editor_.get(row, "unit_abbrev")), id);
  }
  for (Resource const& each : before_facts_.resources) {
    if (!each.unit.empty()) ids_.unit.try_emplace(field_text(each.unit, ""), "");
  }
  for (Resource const& each : after_facts_.resources) {
    if (each.unit.empty()) continue;
    std::string const bytes = field_text(each.unit, "resource " + each.key);
    std::string& id = ids_.unit[bytes];
    if (id.empty()) {
      XerRow const row = editor_.add("UMEASURE");
      id = fresh_id("UMEASURE", "unit_id");
      editor_.set(row, "unit_id", id);
      editor_.set(row, "unit_abbrev", bytes);
      editor_.set(row, "unit_name", bytes);
    }
    ids_.unit.try_emplace(each.unit, id);
  }
  // From here on looked up by the facts' own text.
  for (Resource const& each : before_facts_.resources)
    if (!each.unit.empty()) ids_.unit.try_emplace(each.unit, ids_.unit[field_text(each.unit, "")]);
}

std::string curve_key(std::vector<double> const& curve) {
  std::string key;
  for (auto const part : curve) key += spelled_number(part) + " ";
  return key;
}

void XerWriter::write_curves() {
  std::unordered_set<std::string> names;
  for (XerRow const row : editor_.rows("RSRCCURVDATA")) {
    std::vector<double> parts;
    for (std::size_t k = 0; k <= curve_parts; ++k)
      parts.push_back(stored_number(editor_.get(row, "pct_usage_" + std::to_string(k))).value_or(0));
    parts[1] += parts[0];  // what falls to the very beginning
    parts.erase(parts.begin());
    ids_.curve.try_emplace(curve_key(parts), editor_.get(row, "curv_id"));
    names.emplace(editor_.get(row, "curv_name"));
  }
  for (Assignment const& each : after_facts_.assignments) {
    if (each.curve.size() != curve_parts) continue;
    std::string& id = ids_.curve[curve_key(each.curve)];
    if (!id.empty()) continue;
    XerRow const row = editor_.add("RSRCCURVDATA");
    id = fresh_id("RSRCCURVDATA", "curv_id");
    std::string name = "Curve " + id;
    while (!names.insert(name).second) name += "+";
    editor_.set(row, "curv_id", id);
    editor_.set(row, "curv_name", name);
    for (std::size_t k = 0; k < each.curve.size(); ++k)
      editor_.set(row, "pct_usage_" + std::to_string(k + 1), spelled_number(each.curve[k]));
  }
}

void XerWriter::write_options() {
  for (Subproject const& subproject : after_facts_.subprojects) {
    std::string const project = ids_.project.at(subproject.key);
    auto const was = std::find_if(before_facts_.subprojects.begin(), before_facts_.subprojects.end(),
                                  [&](auto const& each) { return each.key == subproject.key; });
    bool const known = was != before_facts_.subprojects.end();
    std::optional<XerRow> row;
    for (XerRow const each : editor_.rows("SCHEDOPTIONS"))
      if (editor_.get(each, "proj_id") == project) row = each;
    Subproject defaults;
    defaults.rules = Rules::primavera();
    Subproject const& old = known ? *was : defaults;
    for (auto const& field : xer_option_fields()) {
      std::string const wanted = field.spell(subproject, after_);
      if (known && field.spell(old, before_) == wanted) continue;
      if (!row) {
        row = editor_.add("SCHEDOPTIONS");
        editor_.set(*row, "schedoptions_id", fresh_id("SCHEDOPTIONS", "schedoptions_id"));
        editor_.set(*row, "proj_id", project);
      }
      editor_.set(*row, field.column, wanted);
    }
  }
}

void XerWriter::write_rates() {
  std::unordered_map<std::string_view, Resource const*> old;
  for (Resource const& each : before_facts_.resources) old.try_emplace(each.key, &each);
  std::unordered_map<std::string, std::vector<XerRow>> of_resource, of_role;
  for (XerRow const row : editor_.rows("RSRCRATE"))
    of_resource[std::string(editor_.get(row, "rsrc_id"))].push_back(row);
  for (XerRow const row : editor_.rows("ROLERATE"))
    of_role[std::string(editor_.get(row, "role_id"))].push_back(row);
  for (Resource const& resource : after_facts_.resources) {
    auto const was = old.find(resource.key);
    bool const same = was != old.end() && was->second->rates == resource.rates &&
                      was->second->max_units == resource.max_units;
    if (same) continue;
    auto const role = ids_.role.find(resource.key);
    bool const is_role = role != ids_.role.end();
    char const* const table = is_role ? "ROLERATE" : "RSRCRATE";
    char const* const owner = is_role ? "role_id" : "rsrc_id";
    std::string const id = is_role ? role->second : ids_.resource.at(resource.key);
    auto rows = (is_role ? of_role : of_resource)[id];
    // The reader puts them in order of their start.
    std::stable_sort(rows.begin(), rows.end(), [&](XerRow a, XerRow b) {
      return editor_.get(a, "start_date") < editor_.get(b, "start_date");
    });
    std::vector<RatePeriod> rates = resource.rates;
    if (rates.empty() && resource.max_units != 1) rates.emplace_back();
    for (std::size_t i = rates.size(); i < rows.size(); ++i) editor_.remove(rows[i]);
    for (std::size_t i = 0; i < rates.size(); ++i) {
      bool const is_new = i >= rows.size();
      XerRow const row = is_new ? editor_.add(table) : rows[i];
      if (is_new) {
        char const* const key = is_role ? "role_rate_id" : "rsrc_rate_id";
        editor_.set(row, key, fresh_id(table, key));
        editor_.set(row, owner, id);
      }
      editor_.set(row, "max_qty_per_hr", spelled_number(resource.max_units));
      editor_.set(row, "cost_per_qty", spelled_number(rates[i].standard.in_major(), 6));
      editor_.set(row, "start_date", spelled_minute(rates[i].from));
    }
  }
}

/// P6 wants every project to have one top WBS node.
void XerWriter::add_roots() {
  std::vector<std::string> synthetic;
  for (Subproject const& subproject : after_facts_.subprojects) {
    WbsNode const* root = nullptr;
    std::size_t roots = 0;
    for (WbsNode const& node : after_facts_.wbs) {
      bool const mine = node.subproject == subproject.key ||
                        (node.subproject.empty() && after_facts_.subprojects.size() == 1);
      if (!mine || !node.parent.empty()) continue;
      ++roots;
      if (!root) root = &node;
    }
    bool const known = before_.facts.subprojects.end() !=
                       std::find_if(before_facts_.subprojects.begin(), before_facts_.subprojects.end(),
                                    [&](auto const& each) { return each.key == subproject.key; });
    if (known) {
      if (root) after_.root[subproject.key] = ids_.wbs.at(root->key);
      continue;
    }
    if (roots == 1) {
      after_.root[subproject.key] = ids_.wbs.at(root->key);
      continue;
    }
    XerRow const row = editor_.add("PROJWBS");
    std::string const id = fresh_id("PROJWBS", "wbs_id");
    editor_.set(row, "wbs_id", id);
    editor_.set(row, "proj_id", ids_.project.at(subproject.key));
    editor_.set(row, "proj_node_flag", "Y");
    std::string const subject = "project " + subproject.key;
    editor_.set(row, "wbs_short_name", field_text(subproject.key, subject));
    editor_.set(row, "wbs_name",
                field_text(subproject.name.empty() ? subproject.key : subproject.name, subject));
    after_.root[subproject.key] = id;
    synthetic.push_back(id);
    order_.of<WbsNode>().emplace_back();
    if (roots > 1)
      findings_.add(Severity::Info, 0, subject, "P6 wants one top WBS node in each project",
                    "one is added, named by the project; keys below it begin with it");
  }
}

/// Codes from which the reader makes the same keys again.
void XerWriter::name_tasks() {
  std::unordered_map<std::string, std::unordered_set<std::string>> projects_of_code;
  auto const plain = [](Activity const& activity) {
    std::string const prefix = activity.subproject + "/";
    return !activity.subproject.empty() && activity.key.starts_with(prefix) &&
                   activity.key.size() > prefix.size()
               ? activity.key.substr(prefix.size())
               : activity.key;
  };
  for (Activity const& each : after_facts_.activities) projects_of_code[plain(each)].insert(each.subproject);
  for (Activity const& each : after_facts_.activities) {
    std::string const code = plain(each);
    bool const shared = code != each.key && projects_of_code.at(code).size() > 1;
    after_.task_code.emplace(each.key, shared ? code : each.key);
  }
  // Of what the file has already, the code is as it is.
  for (Activity const& each : before_facts_.activities)
    if (auto const place = after_.task_code.find(each.key); place != after_.task_code.end())
      before_.task_code.emplace(each.key, place->second);
}

void XerWriter::drop_dependants() {
  std::unordered_map<std::string, std::string> type_of_udf;
  for (XerRow const row : editor_.rows("UDFTYPE"))
    type_of_udf.emplace(editor_.get(row, "udf_type_id"), editor_.get(row, "table_name"));
  bool const anything =
      std::any_of(gone_.begin(), gone_.end(), [](auto const& e) { return !e.second.empty(); });
  if (!anything) return;
  for (std::size_t t = 0; t < editor_.tables(); ++t) {
    std::string const table(editor_.name(t));
    for (XerRow const row : editor_.rows(table)) {
      if (row.table != t || editor_.removed(row)) continue;
      for (auto const& [own_table, id_column] : owners) {
        auto const& gone = gone_[id_column];
        if (gone.empty()) continue;
        auto const names = [&](std::string_view column) {
          return gone.contains(std::string(editor_.get(row, column)));
        };
        if (table == "UDFVALUE" && names("fk_id")) {
          auto const type = type_of_udf.find(std::string(editor_.get(row, "udf_type_id")));
          if (type != type_of_udf.end() && type->second == own_table) editor_.remove(row);
        }
        if (table == "TASK" && id_column == "rsrc_id" && names("rsrc_id")) editor_.set(row, "rsrc_id", "");
        if (table == "RSRC" && id_column == "rsrc_id" && names("parent_rsrc_id"))
          editor_.set(row, "parent_rsrc_id", "");
        if (is_owner(table)) continue;
        if (names(id_column) || (id_column == "task_id" && names("pred_task_id"))) editor_.remove(row);
      }
    }
  }
}

std::string XerWriter::write() {
  write_currency();
  bool const fresh = before_facts_.subprojects.empty() && before_facts_.activities.empty();
  if (fresh) {
    XerRow const row = editor_.add("OBS");
    editor_.set(row, "obs_id", "1");
    editor_.set(row, "obs_name", "Enterprise");
  }
  write_units();
  write_curves();
  auto const accounts = place<CostAccount>(editor_.rows("ACCOUNT"), "ACCOUNT", "acct_id", &ids_.account);
  auto const calendars = place<Calendar>(editor_.rows("CALENDAR"), "CALENDAR", "clndr_id", &ids_.calendar);
  auto const projects = place<Subproject>(editor_.rows("PROJECT"), "PROJECT", "proj_id", &ids_.project);
  std::string only_project;
  if (fresh && after_facts_.subprojects.empty()) {
    XerRow const row = editor_.add("PROJECT");
    only_project = fresh_id("PROJECT", "proj_id");
    std::string const name = after_facts_.name.empty() ? "project" : after_facts_.name;
    editor_.set(row, "proj_id", only_project);
    editor_.set(row, "proj_short_name", field_text(name, "project"));
    ids_.project.emplace("", only_project);
    order_.of<Subproject>().emplace_back();
  }
  auto const nodes = place<WbsNode>(editor_.rows("PROJWBS"), "PROJWBS", "wbs_id", &ids_.wbs);
  auto const task_rows = editor_.rows("TASK");
  for (XerRow const row : task_rows) task_ids_.emplace(editor_.get(row, "task_id"));
  auto const tasks = place<Activity>(task_rows, "TASK", "task_id", &ids_.activity);
  order_.of<RecordedDates>() = order_.of<Activity>();
  auto const resources = place<Resource>(resource_rows(), "RSRC", "rsrc_id", &ids_.resource);
  auto const assignments = place<Assignment>(assignment_rows(), "TASKRSRC", "taskrsrc_id", nullptr);
  auto const links = place<Link>(link_rows(), "TASKPRED", "task_pred_id", nullptr);
  auto const expenses = place<Expense>(expense_rows(), "PROJCOST", "cost_item_id", nullptr);
  name_tasks();
  add_roots();
  before_.root = after_.root;

  fill(accounts, xer_fields<CostAccount>(), "cost account");
  fill(calendars, xer_fields<Calendar>(), "calendar");
  fill(projects, xer_fields<Subproject>(), "project");
  write_options();
  fill(nodes, xer_fields<WbsNode>(), "WBS");
  for (auto const& [row, old, node] : nodes) {
    if (old) continue;
    if (fresh) editor_.set(row, "obs_id", "1");
    if (after_.root_of(node->subproject) == editor_.get(row, "wbs_id"))
      editor_.set(row, "proj_node_flag", "Y");
  }
  fill(tasks, xer_fields<Activity>(), "activity");
  fill(resources, xer_fields<Resource>(), "resource");
  write_rates();
  fill(links, xer_fields<Link>(), "link");
  fill(assignments, xer_fields<Assignment>(), "assignment");
  fill(expenses, xer_fields<Expense>(), "expense");
  drop_dependants();
  return editor_.text();
}

}  // namespace rapport
