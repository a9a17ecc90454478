// The edits of a change request: an object's fields tell which edit it is.

#include <algorithm>
#include <array>
#include <utility>

#include "model/decode.h"

namespace rapport {
namespace {

/// An edit is what it is by its first two fields; the others may go with them.
struct Shape {
  char const* subject;  ///< Empty: the verb alone.
  char const* verb;     ///< Empty: the subject alone.
  std::array<char const*, 3> others;
};

constexpr Shape shapes[] = {
    {"requirement", "", {"magnitude", "text", "remove"}},
    {"activity", "add_work", {}},
    {"activity", "set_work", {}},
    {"activity", "scale_work", {}},
    {"activity", "add_duration", {}},
    {"activity", "set_duration", {}},
    {"activity", "scale_duration", {}},
    {"activity", "add_cost", {"cost_account"}},
    {"activity", "constraint", {}},
    {"activity", "remove", {}},
    {"resource", "scale_rate", {"from"}},
    {"", "add_link", {}},
    {"", "remove_link", {}},
    {"", "add_activity", {"assignments", "expenses"}},
};

bool has(JsonValue const& value, char const* name) { return *name == 0 || value.field(name) != nullptr; }

bool belongs(Shape const& shape, std::string const& name) {
  return name == shape.subject || name == shape.verb ||
         std::any_of(shape.others.begin(), shape.others.end(),
                     [&](char const* other) { return other && name == other; });
}

std::string list_of_shapes() {
  std::string text;
  for (auto const& shape : shapes) {
    text += text.empty() ? "" : "; ";
    text += shape.subject;
    text += *shape.subject && *shape.verb ? " with " : "";
    text += shape.verb;
  }
  return text;
}

}  // namespace

void Decoder::decode(JsonValue const& value, ChangeEdit& target) {
  if (value.kind != Kind::Object)
    expected(value, "an edit like {\"activity\": \"A1040\", \"add_work\": \"96h\"}");
  bool const before = std::exchange(strict_, true);
  target = edit(value);
  strict_ = before;
}

WorkChange Decoder::work_edit(JsonValue const& value, std::string const& verb) {
  WorkChange change;
  field(value, "activity", change.activity);
  change.duration_only = verb.ends_with("_duration");
  change.adjustment = verb.starts_with("add")   ? Adjustment::Add
                      : verb.starts_with("set") ? Adjustment::Set
                                                : Adjustment::Scale;
  if (change.adjustment == Adjustment::Scale)
    field(value, verb.c_str(), change.factor);
  else
    field(value, verb.c_str(), change.amount);
  return change;
}

ChangeEdit Decoder::edit(JsonValue const& value) {
  auto const* const shape = std::find_if(std::begin(shapes), std::end(shapes), [&](Shape const& s) {
    return has(value, s.subject) && has(value, s.verb);
  });
  if (shape == std::end(shapes)) fail(value, "this is no edit that is known; known are: " + list_of_shapes());
  for (auto const& child : value.children) {
    if (belongs(*shape, child.name)) {
      if (child.kind == Kind::Null)
        fail(child, "\"" + child.name + "\" is null; give it a value or leave it out");
      continue;
    }
    bool const other = std::any_of(std::begin(shapes), std::end(shapes),
                                   [&](Shape const& s) { return belongs(s, child.name); });
    if (other)
      locator_.fail(child.name_at, path_ + ": \"" + child.name + "\" does not go with \"" +
                                       (*shape->verb ? shape->verb : shape->subject) +
                                       "\" in one edit; make two edits of it");
    locator_.fail(child.name_at,
                  path_ + ": there is no \"" + child.name + "\" in an edit; known are: " + list_of_shapes());
  }

  std::string const subject = shape->subject, verb = shape->verb;
  if (subject == "requirement") {
    RequirementChange change;
    field(value, "requirement", change.requirement);
    field(value, "magnitude", change.magnitude);
    field(value, "text", change.text);
    field(value, "remove", change.remove);
    return change;
  }
  if (verb == "add_cost") {
    CostChange change;
    field(value, "activity", change.activity);
    field(value, "add_cost", change.amount);
    field(value, "cost_account", change.cost_account);
    return change;
  }
  if (verb == "constraint") {
    ConstraintChange change;
    field(value, "activity", change.activity);
    field(value, "constraint", change.constraint);
    return change;
  }
  if (verb == "remove") {
    ActivityRemoval change;
    bool remove = false;
    field(value, "activity", change.activity);
    field(value, "remove", remove);
    if (!remove) fail(value, "\"remove\" is false, so this edit says nothing; leave it out");
    return change;
  }
  if (subject == "activity") return work_edit(value, verb);
  if (subject == "resource") {
    RateChange change;
    field(value, "resource", change.resource);
    field(value, "scale_rate", change.factor);
    field(value, "from", change.from);
    return change;
  }
  if (verb == "add_activity") {
    ActivityAddition change;
    field(value, "add_activity", change.activity);
    field(value, "assignments", change.assignments);
    field(value, "expenses", change.expenses);
    // Inside the edit it goes without saying whose they are.
    for (auto& assignment : change.assignments)
      if (assignment.activity.empty()) assignment.activity = change.activity.key;
    for (auto& expense : change.expenses)
      if (expense.activity.empty()) expense.activity = change.activity.key;
    return change;
  }
  LinkChange change;
  change.remove = verb == "remove_link";
  field(value, verb.c_str(), change.link);
  return change;
}

}  // namespace rapport
