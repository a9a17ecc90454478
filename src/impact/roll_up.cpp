#include "impact/roll_up.h"

#include <algorithm>
#include <set>
#include <string_view>

#include "impact/price.h"

namespace rapport::detail {
namespace {

constexpr std::uint32_t nothing = RollUpEntry::none;

void add_to(RollUpAmounts& sum, RollUpAmounts const& more) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] = exact_sum(sum[i], more[i]);
}

/// The things under which costs are gathered, with what each has.
struct Heap {
  std::vector<RollUpRow> rows;        ///< By position in the facts.
  std::vector<std::uint32_t> parent;  ///< Empty: no tree.
  std::vector<bool> used;
  RollUpRow rest;
  bool rest_used = false;

  void add(std::uint32_t to, RollUpAmounts const& amounts, bool assumed) {
    bool const known = to < rows.size();
    auto& row = known ? rows[to] : rest;
    add_to(row.own, amounts);
    row.assumed = row.assumed || assumed;
    if (known)
      used[to] = true;
    else
      rest_used = true;
  }

  /// Divides exactly, each amount by itself.
  void share(std::vector<Weighted> const& among, RollUpAmounts const& amounts, bool assumed) {
    if (among.empty()) return add(nothing, amounts, assumed);
    std::vector<std::int64_t> weights;
    for (auto const& one : among) weights.push_back(one.weight);
    std::vector<RollUpAmounts> parts(among.size());
    for (std::size_t i = 0; i < amounts.size(); ++i) {
      auto const shares = shared_out(amounts[i], weights);
      for (std::size_t j = 0; j < among.size(); ++j) parts[j][i] = shares[j];
    }
    for (std::size_t j = 0; j < among.size(); ++j) add(among[j].row, parts[j], assumed);
  }
};

std::string const& row_name(Requirement const& fact) { return fact.title; }
template <class T>
std::string const& row_name(T const& fact) {
  return fact.name;
}

template <class T>
Heap heap_of(std::vector<T> const& facts) {
  Heap heap;
  heap.rows.reserve(facts.size());
  heap.used.resize(facts.size());
  for (auto const& fact : facts) heap.rows.push_back({.key = fact.key, .name = row_name(fact), .parent = {}});
  return heap;
}

template <class T>
Heap tree_of(Project const& project, std::vector<T> const& facts) {
  Heap heap = heap_of(facts);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    auto const row = project.index_of(FactTraits<T>::kind, facts[i].parent);
    bool const has = !facts[i].parent.empty() && row;
    heap.parent.push_back(has ? static_cast<std::uint32_t>(*row) : nothing);
    if (has) heap.rows[i].parent = facts[i].parent;
  }
  return heap;
}

/// Parents first; what is empty with all below it is left out.
class TreeRows {
 public:
  explicit TreeRows(Heap& heap) : heap_(heap), below_(heap.rows.size()), seen_(heap.rows.size()) {
    for (std::uint32_t i = 0; i < heap_.parent.size(); ++i)
      if (heap_.parent[i] != nothing) below_[heap_.parent[i]].push_back(i);
  }

  std::vector<RollUpRow> rows() {
    for (std::uint32_t i = 0; i < heap_.rows.size(); ++i)
      if (heap_.parent.empty() || heap_.parent[i] == nothing) visit(i, 0);
    for (std::uint32_t i = 0; i < heap_.rows.size(); ++i)  // were parents to go in a circle
      if (!seen_[i]) visit(i, 0);
    heap_.rest.with_below = heap_.rest.own;
    if (heap_.rest_used) rows_.push_back(heap_.rest);
    return std::move(rows_);
  }

 private:
  bool visit(std::uint32_t i, int level) {
    if (seen_[i]) return false;
    seen_[i] = true;
    std::size_t const place = rows_.size();
    rows_.push_back(heap_.rows[i]);
    rows_[place].level = level;
    RollUpAmounts sum = heap_.rows[i].own;
    bool used = heap_.used[i], assumed = heap_.rows[i].assumed;
    for (auto const child : below_[i]) {
      std::size_t const at = rows_.size();
      if (!visit(child, level + 1)) continue;
      used = true;
      add_to(sum, rows_[at].with_below);
      assumed = assumed || rows_[at].assumed;
    }
    rows_[place].with_below = sum;
    rows_[place].assumed = assumed;
    if (!used) rows_.resize(place);
    return used;
  }

  Heap& heap_;
  std::vector<std::vector<std::uint32_t>> below_;
  std::vector<bool> seen_;
  std::vector<RollUpRow> rows_;
};

/// Who answers for activities themselves, each person once: accountable, else responsible.
std::vector<std::vector<Weighted>> answering(Project const& project) {
  auto const& facts = project.facts();
  std::vector<std::vector<Weighted>> people(facts.activities.size());
  for (Duty const duty : {Duty::Accountable, Duty::Responsible}) {
    std::vector<std::vector<Weighted>> with_duty(facts.activities.size());
    for (auto const& one : facts.responsibilities) {
      if (one.duty != duty || one.node.kind != FactKind::Activity) continue;
      auto const row = project.index_of(FactKind::Activity, one.node.key);
      auto const who = project.index_of(FactKind::Stakeholder, one.stakeholder);
      if (row && who) with_duty[*row].push_back({static_cast<std::uint32_t>(*who), 1});
    }
    for (std::size_t i = 0; i < people.size(); ++i)
      if (people[i].empty()) people[i] = std::move(with_duty[i]);
  }
  return people;
}

bool empty(RollUpAmounts const& amounts) { return amounts == RollUpAmounts{}; }

std::vector<Weighted> whole(std::uint32_t row) {
  if (row == nothing) return {};
  return {{row, 1}};
}

}  // namespace

Belonging::Belonging(Project const& project, CostBy by) : project_(project), by_(by) {
  auto const& traces = project.facts().traces;
  bool const charged = by == CostBy::Account && std::any_of(traces.begin(), traces.end(), [](auto const& t) {
                         return t.type == TraceType::Charges;
                       });
  if (charged || by == CostBy::Requirement || by == CostBy::Stakeholder)
    needs_ = std::make_unique<ServedNeeds>(project);
  if (by == CostBy::Stakeholder) people_ = answering(project);
}
Belonging::~Belonging() = default;

std::vector<Weighted> Belonging::of(RollUpEntry const& entry) const {
  auto const& facts = project_.facts();
  auto const* activity = entry.activity == nothing ? nullptr : &facts.activities[entry.activity];
  switch (by_) {
    case CostBy::Activity:
      return whole(entry.activity);
    case CostBy::Account:
      if (entry.account != nothing || !needs_ || !activity) return whole(entry.account);
      return needs_->accounts_of(*activity);
    case CostBy::Wbs:
      return whole(entry.wbs);
    case CostBy::Resource:
      return whole(entry.resource);
    case CostBy::Requirement:
      return activity ? needs_->of(*activity) : std::vector<Weighted>{};
    case CostBy::Stakeholder:
      break;
  }
  if (!activity) return {};
  auto served = needs_->of(*activity);
  if (served.empty()) return people_[entry.activity];
  for (auto& one : served) {
    auto const row = project_.index_of(FactKind::Stakeholder, facts.requirements[one.row].owner);
    one.row = row ? static_cast<std::uint32_t>(*row) : nothing;
  }
  return served;
}

std::vector<RollUpRow> roll_up(Project const& project, CostBy by, std::span<RollUpEntry const> entries) {
  auto const& facts = project.facts();
  auto const gathered = [&](Heap heap, std::uint32_t RollUpEntry::*position) {
    if (position) {  // no list for each entry
      for (auto const& entry : entries) heap.add(entry.*position, entry.amounts, entry.assumed);
      return TreeRows(heap).rows();
    }
    // What is divided is divided once for each activity.
    Belonging const belonging(project, by);
    std::vector<RollUpEntry> open(facts.activities.size() + 1);
    for (std::uint32_t i = 0; i < facts.activities.size(); ++i) open[i].activity = i;
    for (auto const& entry : entries) {
      if (by == CostBy::Account && entry.account != nothing) {
        heap.add(entry.account, entry.amounts, entry.assumed);
        continue;
      }
      auto& sum = open[std::min<std::size_t>(entry.activity, facts.activities.size())];
      add_to(sum.amounts, entry.amounts);
      sum.assumed = sum.assumed || entry.assumed;
    }
    for (auto const& entry : open)
      if (entry.assumed || !empty(entry.amounts))
        heap.share(belonging.of(entry), entry.amounts, entry.assumed);
    return TreeRows(heap).rows();
  };
  switch (by) {
    case CostBy::Activity:
      return gathered(heap_of(facts.activities), &RollUpEntry::activity);
    case CostBy::Account:
      return gathered(tree_of(project, facts.cost_accounts), nullptr);
    case CostBy::Wbs:
      return gathered(tree_of(project, facts.wbs), &RollUpEntry::wbs);
    case CostBy::Resource:
      return gathered(heap_of(facts.resources), &RollUpEntry::resource);
    case CostBy::Requirement:
      return gathered(heap_of(facts.requirements), nullptr);
    case CostBy::Stakeholder:
      break;
  }
  return gathered(heap_of(facts.stakeholders), nullptr);
}

void place_entry(Project const& project, std::string const& activity, std::string const& wbs,
                 RollUpEntry& entry) {
  auto const position = [&](FactKind kind, std::string const& key) {
    auto const row = key.empty() ? std::nullopt : project.index_of(kind, key);
    return row ? static_cast<std::uint32_t>(*row) : RollUpEntry::none;
  };
  entry.activity = position(FactKind::Activity, activity);
  bool const known = entry.activity != RollUpEntry::none;
  entry.wbs = position(FactKind::WbsNode, known ? project.facts().activities[entry.activity].wbs : wbs);
}

ActivityRows::ActivityRows(Project const& project, Network const& network,
                           std::span<std::string const> gone) {
  auto const& facts = project.facts();
  std::set<std::string_view> const left(gone.begin(), gone.end());
  rows_.resize(network.activity_count());
  for (std::uint32_t row = 0; row < facts.activities.size(); ++row) {
    auto const index = network.find(facts.activities[row].key);
    if (!index && left.contains(facts.activities[row].key)) continue;
    if (!index)
      throw InvalidInput("the costs are of another project: they do not know activity " +
                         facts.activities[row].key);
    rows_[index->value].activity = row;
    auto const wbs = project.index_of(FactKind::WbsNode, facts.activities[row].wbs);
    if (wbs) rows_[index->value].wbs = static_cast<std::uint32_t>(*wbs);
  }
}

std::string roll_up_key(Facts const& facts, CostBy by, std::uint32_t row) {
  if (row == nothing) return {};
  switch (by) {
    case CostBy::Activity:
      return facts.activities[row].key;
    case CostBy::Account:
      return facts.cost_accounts[row].key;
    case CostBy::Wbs:
      return facts.wbs[row].key;
    case CostBy::Resource:
      return facts.resources[row].key;
    case CostBy::Requirement:
      return facts.requirements[row].key;
    case CostBy::Stakeholder:
      break;
  }
  return facts.stakeholders[row].key;
}

Table roll_up_table(std::string name, std::vector<RollUpRow> const& rows) {
  std::vector<std::string> key, title;
  std::vector<std::optional<std::string>> parent;
  std::vector<std::int32_t> level;
  for (auto const& row : rows) {
    key.push_back(row.key);
    title.push_back(row.name);
    parent.push_back(row.parent.empty() ? std::nullopt : std::optional(row.parent));
    level.push_back(row.level);
  }
  Table table(std::move(name));
  table.add("key", key);
  table.add("name", title);
  table.add("parent", parent);
  table.add("level", level);
  return table;
}

void add_assumed(Table& table, std::vector<RollUpRow> const& rows) {
  std::vector<bool> assumed;
  for (auto const& row : rows) assumed.push_back(row.assumed);
  table.add("assumed", assumed);
}

}  // namespace rapport::detail
