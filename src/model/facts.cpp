#include "rapport/model/facts.h"

#include <algorithm>
#include <unordered_map>

#include "model/new_keys.h"
#include "rapport/model/names.h"

namespace rapport {
namespace {

std::string derive(Responsibility const& fact) { return fact.stakeholder + ">" + to_string(fact.node); }
std::string derive(Trace const& fact) {
  return to_string(fact.from) + ">" + to_string(fact.to) + ":" + std::string(to_name(fact.type));
}
std::string derive(Link const& fact) { return derived_key(fact); }
std::string derive(Assignment const& fact) { return derived_key(fact); }
std::string derive(Expense const& fact) { return fact.activity + ">" + fact.name; }
std::string derive(ExchangeRate const& fact) {
  return fact.of.code() + ">" + fact.price.currency.code() + (fact.from ? "@" + to_string(*fact.from) : "");
}
std::string derive(Escalation const& fact) {
  std::string const of = !fact.resource.empty()       ? fact.resource
                         : !fact.cost_account.empty() ? fact.cost_account
                                                      : "prices";
  return of + "@" + to_string(fact.from.date());
}

template <class T>
concept Derives = requires(T const& fact) { derive(fact); };

template <Derives T>
void complete(std::vector<T>& facts) {
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (facts[i].key.empty()) open.push_back(i);
  if (open.empty()) return;
  KeyIndex taken;
  taken.reserve(facts.size());
  for (std::size_t i = 0; i < facts.size(); ++i)
    if (!facts[i].key.empty()) taken.add(i, facts);
  std::unordered_map<std::string, std::size_t> repeats;
  constexpr std::size_t ahead = 16;  // keys are derived before their places are looked at, which takes longer
  std::size_t derived = 0;
  for (std::size_t at = 0; at < open.size(); ++at) {
    for (; derived < std::min(at + ahead, open.size()); ++derived) {
      T& fact = facts[open[derived]];
      fact.key = derive(fact);
      __builtin_prefetch(taken.first_read(fact.key));
    }
    std::size_t const i = open[at];
    if (taken.add(i, facts)) continue;
    std::string const base = facts[i].key;
    std::size_t& repeat = repeats.try_emplace(base, 1).first->second;
    do facts[i].key = base + "#" + std::to_string(++repeat);
    while (!taken.add(i, facts));
  }
}

}  // namespace

std::string derived_key(Link const& fact) {
  std::string_view const type = to_name(fact.type);
  std::string key;
  key.reserve(fact.predecessor.size() + fact.successor.size() + type.size() + 2);
  ((((key += fact.predecessor) += '>') += fact.successor) += ':') += type;
  return key;
}
std::string derived_key(Assignment const& fact) {
  std::string key;
  key.reserve(fact.activity.size() + fact.resource.size() + 1);
  ((key += fact.activity) += '>') += fact.resource;
  return key;
}

char const* name_of(FactKind kind) {
  char const* name = "";
  with_fact_type(kind, [&]<class T>() { name = FactTraits<T>::name; });
  return name;
}

FactKind fact_kind(std::string_view name) {
  if (auto const kind = from_name<FactKind>(name)) return *kind;
  auto const names = names_of<FactKind>();
  throw NotFound("kind of fact", std::string(name), nearest_keys(name, {names.begin(), names.end()}));
}

std::string to_string(NodeRef const& node) { return std::string(name_of(node.kind)) + ":" + node.key; }

NodeRef parse_node(std::string_view text) {
  auto const colon = text.find(':');
  if (colon == std::string_view::npos || colon == 0 || colon + 1 == text.size())
    throw ParseError(
        "", 0, 0,
        "\"" + std::string(text) + "\" names no fact; write its kind and key like requirement:REQ-31");
  return {fact_kind(text.substr(0, colon)), std::string(text.substr(colon + 1))};
}

NodeRef node_of(Fact const& fact) {
  return std::visit(
      [&](auto const& value) {
        return NodeRef{static_cast<FactKind>(fact.index()), value.key};
      },
      fact);
}

std::string derived_key(Fact const& fact) {
  return std::visit(
      []<class T>(T const& value) {
        if constexpr (Derives<T>)
          return derive(value);
        else
          return std::string();
      },
      fact);
}

void complete_keys(Facts& facts) {
  for_each_fact_type([&]<class T>() {
    if constexpr (Derives<T>) complete(facts.*FactTraits<T>::member);
  });
}

}  // namespace rapport
