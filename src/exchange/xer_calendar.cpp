#include "exchange/xer_calendar.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>

namespace rapport {
namespace {

/// (0||name(attributes)(children)); whatever stands between nodes is white space of some kind.
struct Node {
  std::string_view name, attributes;
  std::vector<Node> children;
};

constexpr int deepest = 16;

class NodeParser {
 public:
  explicit NodeParser(std::string_view text) : text_(text) {}

  bool parse(Node& node, int depth = 0) {
    if (depth > deepest || !skip_to('(')) return false;
    std::size_t const bars = text_.find("||", at_);
    if (bars == std::string_view::npos) return false;
    at_ = bars + 2;
    std::size_t const open = text_.find('(', at_);
    std::size_t const close = text_.find(')', at_);
    if (open == std::string_view::npos || close == std::string_view::npos || close < open) return false;
    node.name = text_.substr(at_, open - at_);
    node.attributes = text_.substr(open + 1, close - open - 1);
    at_ = close + 1;
    if (!skip_to('(')) return false;
    while (peek() == '(') {
      if (!parse(node.children.emplace_back(), depth + 1)) return false;
    }
    return skip_to(')') && skip_to(')');
  }

 private:
  char peek() {
    while (at_ < text_.size() && text_[at_] != '(' && text_[at_] != ')') ++at_;
    return at_ < text_.size() ? text_[at_] : '\0';
  }
  bool skip_to(char wanted) {
    if (peek() != wanted) return false;
    ++at_;
    return true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return std::nullopt;
  return value;
}

/// "08:00", "8:00", "01:30 PM" as seconds of the day.
std::optional<std::int32_t> clock_time(std::string_view text) {
  auto hour = whole_number(text);
  std::size_t const colon = text.find(':');
  if (!hour || colon == std::string_view::npos) return std::nullopt;
  auto const minute = whole_number(text.substr(colon + 1));
  if (text.ends_with("PM") && *hour < 12) *hour += 12;
  if (text.ends_with("AM") && *hour == 12) *hour = 0;
  if (!minute || *hour < 0 || *hour > 24 || *minute < 0 || *minute > 59) return std::nullopt;
  return std::min(*hour * 3600 + *minute * 60, 86400);
}

/// "s|08:00|f|12:00" in either order.
std::optional<Shift> shift_of(std::string_view attributes) {
  std::optional<std::int32_t> from, to;
  while (!attributes.empty()) {
    std::size_t const bar = attributes.find('|');
    if (bar == std::string_view::npos) return std::nullopt;
    std::string_view const tag = attributes.substr(0, bar);
    attributes.remove_prefix(bar + 1);
    std::size_t const next = std::min(attributes.find('|'), attributes.size());
    auto const time = clock_time(attributes.substr(0, next));
    if (tag == "s") from = time;
    if (tag == "f") to = time;
    attributes.remove_prefix(std::min(next + 1, attributes.size()));
  }
  if (!from || !to) return std::nullopt;
  // A finish at 00:00 is the midnight that ends the day.
  if (*to == 0) to = 86400;
  return Shift{*from, *to};
}

DayShifts shifts_of(Node const& day, std::vector<std::string_view>& problems) {
  DayShifts shifts;
  for (Node const& child : day.children) {
    auto const shift = shift_of(child.attributes);
    if (!shift) {
      problems.push_back("a shift that is not \"s|hh:mm|f|hh:mm\"");
    } else if (shift->from >= shift->to) {
      if (shift->from > shift->to) problems.push_back("a shift that ends before it starts");
    } else {
      shifts.push_back(*shift);
    }
  }
  std::sort(shifts.begin(), shifts.end());
  DayShifts merged;
  for (Shift const& shift : shifts) {
    if (!merged.empty() && shift.from < merged.back().to) {
      problems.push_back("shifts that overlap, taken as one");
      merged.back().to = std::max(merged.back().to, shift.to);
    } else {
      merged.push_back(shift);
    }
  }
  return merged;
}

void read_week(Node const& days, XerWorkingTime& result) {
  for (Node const& day : days.children) {
    auto const number = whole_number(day.name);  // 1 = Sunday
    if (!number || *number < 1 || *number > 7) {
      result.problems.push_back("a weekday that is not 1 to 7");
      continue;
    }
    result.week[static_cast<std::size_t>((*number + 5) % 7)] = shifts_of(day, result.problems);
  }
}

void read_exceptions(Node const& exceptions, XerWorkingTime& result) {
  constexpr int days_from_1899_12_30_to_1970 = 25569;
  constexpr int last_day = 2958465;  // 9999-12-31
  for (Node const& exception : exceptions.children) {
    auto const day =
        exception.attributes.starts_with("d|") ? whole_number(exception.attributes.substr(2)) : std::nullopt;
    if (!day || *day < 0 || *day > last_day) {
      result.problems.push_back("an exception without a date");
      continue;
    }
    Date const date{*day - days_from_1899_12_30_to_1970};
    result.exceptions.push_back({date, date, shifts_of(exception, result.problems), ""});
  }
}

}  // namespace

XerWorkingTime read_clndr_data(std::string_view data) {
  XerWorkingTime result;
  if (data.find('(') == std::string_view::npos) return result;
  Node root;
  bool const balanced = NodeParser(data).parse(root);
  auto const read_part = [&](std::string_view name, auto const& read) {
    for (Node const& part : root.children) {
      if (part.name == name) return read(part, result);
    }
    // Where brackets do not balance, a part may still be whole.
    std::size_t const at = data.find(std::string("(0||").append(name).append("("));
    Node part;
    if (!balanced && at != std::string_view::npos && NodeParser(data.substr(at)).parse(part))
      read(part, result);
  };
  read_part("DaysOfWeek", read_week);
  read_part("Exceptions", read_exceptions);
  if (!balanced) result.problems.push_back("brackets that do not balance");
  return result;
}

}  // namespace rapport
