#include "model/decode.h"

#include <algorithm>
#include <tuple>

namespace rapport {
namespace {

constexpr std::size_t listed_each = 10, listed_in_all = 1000;

/// "activities[12].colour" → "activities[].colour": what is unknown, wherever it stands.
std::string without_numbers(std::string const& path) {
  std::string text;
  bool inside = false;
  for (char const c : path) {
    if (c == ']') inside = false;
    if (!inside) text += c;
    if (c == '[') inside = true;
  }
  return text;
}

}  // namespace

void Decoder::unknown(JsonValue const& field, std::vector<std::string> const& known) {
  std::string const subject = path_.empty() ? field.name : path_ + "." + field.name;
  bool const refused = !diagnostics_ || strict_;
  if (!refused && (++unknown_[without_numbers(subject)] > listed_each || ++listed_ > listed_in_all)) return;
  std::string text;
  for (auto const& name : nearest_keys(field.name, known))
    text += (text.empty() ? "did you mean " : " or ") + name;
  if (refused) {
    if (text.empty())
      for (auto const& name : known) text += (text.empty() ? "known here are " : ", ") + name;
    else
      text += "?";
    locator_.fail(field.name_at, subject + ": there is no field \"" + field.name + "\" here; " + text);
  }
  auto const [line, column] = locator_.at(field.name_at);
  diagnostics_->push_back({Severity::Warning, locator_.file(), line, column, subject,
                           "there is no field \"" + field.name + "\" here",
                           text.empty() ? "it was left out" : "it was left out; " + text + "?"});
}

void Decoder::finish() {
  std::size_t all = 0;
  for (auto const& [subject, count] : unknown_) all += count;
  std::size_t const listed = std::min(listed_, listed_in_all);
  if (all > listed)
    diagnostics_->push_back(
        {Severity::Warning, locator_.file(), 0, 0, "unknown fields",
         "there are " + std::to_string(all - listed) + " more, of the names above or others",
         "they were left out too"});
}

void Decoder::refuse_unknown(JsonValue const& object, std::vector<std::string> const& known) {
  for (auto const& child : object.children)
    if (std::find(known.begin(), known.end(), child.name) == known.end()) unknown(child, known);
}

void Decoder::decode(JsonValue const& value, std::string& target) {
  if (value.kind == Kind::Integer)
    fail(value, "expected text, found " + spoken(value) + "; put it in quotes");
  if (value.kind != Kind::Text) expected(value, "text");
  target = value.text;
}

void Decoder::decode(JsonValue const& value, bool& target) {
  if (value.kind != Kind::Bool) expected(value, "true or false");
  target = value.truth;
}

void Decoder::decode(JsonValue const& value, double& target) {
  if (value.kind != Kind::Integer && value.kind != Kind::Real) expected(value, "a number");
  target = value.real;
}

void Decoder::decode(JsonValue const& value, std::int32_t& target) {
  using Limits = std::numeric_limits<std::int32_t>;
  if (value.kind != Kind::Integer || value.integer < Limits::min() || value.integer > Limits::max())
    expected(value, "a whole number");
  target = static_cast<std::int32_t>(value.integer);
}

void Decoder::decode(JsonValue const& value, Instant& target) {
  target = text(value, "a time like \"2027-03-02T17:00\"", [](auto t) { return parse_instant(t); });
}

void Decoder::decode(JsonValue const& value, Date& target) {
  target = text(value, "a date like \"2027-03-02\"", [](auto t) { return parse_date(t); });
}

void Decoder::decode(JsonValue const& value, Work& target) {
  target = text(value, "working time with its unit like \"96h\"", [](auto t) { return parse_work(t); });
}

void Decoder::decode(JsonValue const& value, Elapsed& target) {
  target.seconds =
      text(value, "a span of time with its unit like \"96h\"", [](auto t) { return parse_work(t); }).seconds;
}

void Decoder::decode(JsonValue const& value, Money& target) {
  target =
      text(value, "money with its currency like \"12000.00 EUR\"", [](auto t) { return parse_money(t); });
}

void Decoder::decode(JsonValue const& value, Rate& target) {
  target = text(value, "a rate with its currency like \"85.50 EUR/h\"",
                [&](auto t) { return parse_rate(t, per_); });
}

void Decoder::decode(JsonValue const& value, Currency& target) {
  target = text(value, "a currency like \"EUR\"", [](auto t) { return Currency(t); });
}

void Decoder::decode(JsonValue const& value, Probability& target) {
  double number = 0;
  decode(value, number);
  if (!(number >= 0 && number <= 1)) expected(value, "a probability between 0 and 1");
  target = Probability(number);
}

void Decoder::decode(JsonValue const& value, Amount& target) {
  target = text(value, "an amount of time with its unit like \"96h\" or \"12d\"",
                [](auto t) { return parse_amount(t); });
}

void Decoder::decode(JsonValue const& value, NodeRef& target) {
  target = text(value, "a kind and a key like \"requirement:REQ-31\"", [](auto t) { return parse_node(t); });
}

void Decoder::decode(JsonValue const& value, Lag& target) {
  target = text(value, "a lag with its unit like \"16h\", \"16eh\", \"50%\" or \"50e%\"",
                [](auto t) { return parse_lag(t); });
}

std::pair<std::int32_t, std::int32_t> Decoder::span(JsonValue const& value) {
  constexpr auto like = "two times of day like [\"08:00\", \"12:00\"]";
  if (value.kind != Kind::List || value.children.size() != 2) expected(value, like);
  auto const clock = [](auto t) { return parse_clock(t); };
  std::pair<std::int32_t, std::int32_t> const result{text(value.children[0], like, clock),
                                                     text(value.children[1], like, clock)};
  if (result.first >= result.second)
    fail(value, "a span of a day must end after it begins; split it at 24:00");
  return result;
}

void Decoder::decode(JsonValue const& value, WorkingHours& target) {
  std::tie(target.from, target.to) = span(value);
}

void Decoder::decode(JsonValue const& value, Shift& target) {
  std::tie(target.from, target.to) = span(value);
}

void Decoder::decode(JsonValue const& value, Week& target) {
  if (value.kind != Kind::Object) expected(value, "a week like {\"monday\": [[\"08:00\", \"17:00\"]], …}");
  for (std::size_t day = 0; day < target.size(); ++day) field(value, weekday_names[day].data(), target[day]);
  refuse_unknown(value, {std::begin(weekday_names), std::end(weekday_names)});
}

void Decoder::decode(JsonValue const& value, Rules& target) {
  // Fields that are not given are as the tool has them.
  Tool tool = target.tool;
  if (value.kind == Kind::Object) field(value, "tool", tool);
  target = tool == Tool::Microsoft ? Rules::microsoft() : Rules::primavera();
  fields(value, target, {});
}

void Decoder::decode(JsonValue const& value, Resource& target) {
  fields(value, target, {"rates"});
  per_ = rate_per(target);
  field(value, "rates", target.rates);
  per_ = "h";
}

void Decoder::decode(JsonValue const& value, ExchangeRate& target) {
  fields(value, target, {"price"});
  per_ = target.of.code();
  field(value, "price", target.price);
  per_ = "h";
}

void Decoder::decode(JsonValue const& value, ChangeRequest& target) {
  if (value.kind == Kind::Object && value.field("id") && value.field("key"))
    fail(*value.field("key"), "\"id\" and \"key\" are one field; keep one");
  fields(value, target, {"id", "key", "edits"});
  if (!field(value, "id", target.key)) field(value, "key", target.key);
  JsonValue const* const edits = value.field("edits");
  if (!edits || edits->kind == Kind::Null) return;
  if (edits->kind != Kind::List) fail(*edits, "edits: expected a list, found " + spoken(*edits));
  target.edits.clear();
  for (auto const& edit : edits->children) {
    Step const step(*this, (path_.empty() ? "edit " : ", edit ") + std::to_string(target.edits.size() + 1));
    ChangeEdit read = RequirementChange{};
    decode(edit, read);
    target.edits.push_back(std::move(read));
  }
}

}  // namespace rapport
