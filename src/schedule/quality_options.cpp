// The options of the quality checks by name, for C, Python and the command line.

#include <array>
#include <charconv>

#include "rapport/schedule/quality.h"

namespace rapport {

#define RAPPORT_NAMES(Enum, ...)                                                  \
  template <>                                                                     \
  std::span<std::string_view const> names_of<Enum>() {                            \
    static constexpr auto names = std::to_array<std::string_view>({__VA_ARGS__}); \
    return names;                                                                 \
  }
RAPPORT_NAMES(QualityStandard, "dcma", "gao")
RAPPORT_NAMES(CountedWork, "incomplete", "all")
RAPPORT_NAMES(LagShare, "of_links", "of_activities")
RAPPORT_NAMES(HardConstraints, "mandatory_and_no_later", "mandatory", "with_start_on")
RAPPORT_NAMES(DayLength, "activity_calendar", "project_calendar", "eight_hours")
RAPPORT_NAMES(MissedWork, "late_or_open", "open")
RAPPORT_NAMES(MissedShare, "of_due", "of_all")
RAPPORT_NAMES(FinishFloat, "total_float", "baseline")
RAPPORT_NAMES(CompletedWork, "all", "due")
RAPPORT_NAMES(Verdict, "pass", "fail", "no_limit", "not_applicable", "not_in_plan")
#undef RAPPORT_NAMES

namespace {

/// Calls `visit(name, member)` for each option.
template <class Options, class Visit>
void describe_options(Options& options, Visit&& visit) {
  visit("milestones", options.milestones);
  visit("logic_of", options.logic_of);
  visit("dangling", options.dangling);
  visit("links_of", options.links_of);
  visit("lag_tolerance", options.lag_tolerance);
  visit("lag_share", options.lag_share);
  visit("hard_constraints", options.hard_constraints);
  visit("day", options.day);
  visit("high_float_days", options.high_float_days);
  visit("high_duration_days", options.high_duration_days);
  visit("rolling_wave", options.rolling_wave);
  visit("missed", options.missed);
  visit("missed_share", options.missed_share);
  visit("delayed_activity", options.delayed_activity);
  visit("delay_days", options.delay_days);
  visit("delay_tolerance_days", options.delay_tolerance_days);
  visit("finish_float", options.finish_float);
  visit("completed", options.completed);
  visit("logic_limit", options.logic_limit);
  visit("lead_limit", options.lead_limit);
  visit("lag_limit", options.lag_limit);
  visit("finish_to_start_limit", options.finish_to_start_limit);
  visit("hard_constraint_limit", options.hard_constraint_limit);
  visit("high_float_limit", options.high_float_limit);
  visit("negative_float_limit", options.negative_float_limit);
  visit("high_duration_limit", options.high_duration_limit);
  visit("invalid_date_limit", options.invalid_date_limit);
  visit("missed_limit", options.missed_limit);
  visit("path_index_limit", options.path_index_limit);
  visit("execution_index_limit", options.execution_index_limit);
}

template <class Enum>
std::string choices_of() {
  std::string text;
  for (auto const name : names_of<Enum>()) text += (text.empty() ? "" : ", ") + std::string(name);
  return text;
}

/// One value out of its text, and back. `expected` says in words what may stand there.
struct OptionText {
  std::string_view text;
  std::string expected;
  bool read = true;

  void operator()(bool& value) {
    expected = "true, false";
    read = text == "true" || text == "false";
    value = text == "true";
  }
  void operator()(double& value) {
    expected = "a number, zero or more";
    double number = 0;
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), number);
    read = fault == std::errc{} && end == text.data() + text.size() && number >= 0 && number < 1e9;
    if (read) value = number;
  }
  void operator()(Work& value) {
    expected = "working time such as 40h";
    try {
      value = parse_work(text);
      read = value.seconds >= 0;
    } catch (ParseError const&) {
      read = false;
    }
  }
  void operator()(std::string& value) {
    expected = "a key";
    value = text;
  }
  void operator()(std::vector<std::string>& value) {
    expected = "keys, with commas between";
    value.clear();
    for (auto rest = text; !rest.empty();) {
      auto const comma = rest.find(',');
      if (comma != 0) value.emplace_back(rest.substr(0, comma));
      rest = comma == std::string_view::npos ? "" : rest.substr(comma + 1);
    }
  }
  template <class Enum>
    requires std::is_enum_v<Enum>
  void operator()(Enum& value) {
    expected = "one of " + choices_of<Enum>();
    auto const found = from_name<Enum>(text);
    read = found.has_value();
    if (found) value = *found;
  }
};

std::string option_text(bool value) { return value ? "true" : "false"; }
std::string option_text(double value) {
  std::array<char, 32> text;
  auto const end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}
std::string option_text(Work value) { return to_string(value); }
std::string option_text(std::string const& value) { return value; }
std::string option_text(std::vector<std::string> const& value) {
  std::string text;
  for (auto const& each : value) text += (text.empty() ? "" : ",") + each;
  return text;
}
template <class Enum>
  requires std::is_enum_v<Enum>
std::string option_text(Enum value) {
  return std::string(to_name(value));
}

}  // namespace

void set_option(QualityOptions& options, std::string_view name, std::string_view value) {
  QualityOptions changed = options;
  std::vector<std::string> known;
  bool found = false;
  describe_options(changed, [&](char const* each, auto& member) {
    known.emplace_back(each);
    if (name != each) return;
    found = true;
    OptionText reading{value, {}};
    reading(member);
    if (!reading.read)
      throw InvalidInput("option " + std::string(name) + " is \"" + std::string(value) + "\"; give " +
                         reading.expected);
  });
  if (!found) throw NotFound("option of the quality checks", std::string(name), nearest_keys(name, known));
  options = std::move(changed);
}

Table option_table(QualityOptions const& options) {
  std::vector<std::string> names, values, choices;
  describe_options(options, [&]<class M>(char const* name, M const& member) {
    names.emplace_back(name);
    values.push_back(option_text(member));
    OptionText reading{values.back(), {}};
    M same = member;
    reading(same);
    choices.push_back(reading.expected);
  });
  Table table("quality_options");
  table.add("name", names).add("value", values).add("choices", choices);
  return table;
}

}  // namespace rapport
