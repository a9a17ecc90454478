#include "model/encode.h"

namespace rapport {

Encoder::Json Encoder::of(Week const& value) {
  Json object = Json::object();
  for (std::size_t day = 0; day < value.size(); ++day)
    if (value[day]) object[std::string(weekday_names[day])] = of(*value[day]);
  return object;
}

Encoder::Json Encoder::of(Rules const& value) {
  Json object = Json::object();
  object["tool"] = of(value.tool);
  Rules const usual = value.tool == Tool::Microsoft ? Rules::microsoft() : Rules::primavera();
  object.update(differences(value, members(usual)));
  return object;
}

Encoder::Json Encoder::of(Resource const& value) {
  per_ = rate_per(value);
  Json object = differences(value, defaults<Resource>());
  per_ = "h";
  return object;
}

Encoder::Json Encoder::of(ExchangeRate const& value) {
  per_ = value.of.code();
  Json object = differences(value, defaults<ExchangeRate>());
  per_ = "h";
  return object;
}

Encoder::Json Encoder::of(ChangeRequest const& value) {
  Json const plain = differences(value, defaults<ChangeRequest>());
  Json object = Json::object();
  for (auto const& [name, member] : plain.items()) object[name == "key" ? "id" : name] = member;
  return object;
}

Encoder::Json Encoder::of(ChangeEdit const& value) {
  return std::visit([&](auto const& e) { return edit(e); }, value);
}

Encoder::Json Encoder::edit(RequirementChange const& value) {
  Json object{{"requirement", value.requirement}};
  if (value.magnitude != 1) object["magnitude"] = value.magnitude;
  if (!value.text.empty()) object["text"] = value.text;
  if (value.remove) object["remove"] = true;
  return object;
}

Encoder::Json Encoder::edit(WorkChange const& value) {
  std::string const what = value.duration_only ? "duration" : "work";
  Json object{{"activity", value.activity}};
  switch (value.adjustment) {
    case Adjustment::Add:
      object["add_" + what] = of(value.amount);
      break;
    case Adjustment::Set:
      object["set_" + what] = of(value.amount);
      break;
    case Adjustment::Scale:
      object["scale_" + what] = value.factor;
      break;
  }
  return object;
}

Encoder::Json Encoder::edit(CostChange const& value) {
  Json object{{"activity", value.activity}, {"add_cost", of(value.amount)}};
  if (!value.cost_account.empty()) object["cost_account"] = value.cost_account;
  return object;
}

Encoder::Json Encoder::edit(RateChange const& value) {
  Json object{{"resource", value.resource}, {"scale_rate", value.factor}};
  if (value.from) object["from"] = of(*value.from);
  return object;
}

Encoder::Json Encoder::edit(LinkChange const& value) {
  Json object = Json::object();
  object[value.remove ? "remove_link" : "add_link"] = of(value.link);
  return object;
}

Encoder::Json Encoder::edit(ActivityAddition const& value) {
  Json object = Json::object();
  object["add_activity"] = of(value.activity);
  if (!value.assignments.empty()) object["assignments"] = of(value.assignments);
  if (!value.expenses.empty()) object["expenses"] = of(value.expenses);
  return object;
}

Encoder::Json Encoder::edit(ActivityRemoval const& value) {
  return {{"activity", value.activity}, {"remove", true}};
}

Encoder::Json Encoder::edit(ConstraintChange const& value) {
  return {{"activity", value.activity}, {"constraint", of(value.constraint)}};
}

}  // namespace rapport
