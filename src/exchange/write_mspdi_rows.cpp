// Which element is which fact, and what becomes of it.

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "exchange/mspdi_writer.h"
#include "exchange/spelled_values.h"
#include "rapport/base/error.h"

namespace rapport {
namespace {

using View = std::string_view;

View text_in(pugi::xml_node node, char const* name) { return node.child(name).child_value(); }

std::int64_t number_in(View text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() ? value : 0;
}

std::string uid_wanted(Activity const& activity) {
  constexpr std::int64_t largest = 2147483647;
  for (std::string const& text : {activity.source_id, activity.key}) {
    std::int64_t const value = number_in(text);
    if (value > 0 && value <= largest && std::to_string(value) == text) return text;
  }
  return "";
}
template <class T>
std::string uid_wanted(T const&) {
  return "";
}

Baseline const* baseline_of(MspdiSide const& side, std::string const& key) {
  auto const place = side.recorded.find(key);
  return place == side.recorded.end() || !place->second->baseline ? nullptr : &*place->second->baseline;
}

/// To be taken out in the end, so that what is matched by place stays matched.
void mark_gone(pugi::xml_node element) {
  if (!element.attribute("gone")) element.append_attribute("gone");
}

bool is_outline_number(View text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == View::npos;
}

}  // namespace

MspdiSide::MspdiSide(Facts const& all) : facts(all), days(all.calendars) {
  for (Activity const& each : facts.activities) activity_called.try_emplace(each.key, &each);
  for (RecordedDates const& each : facts.recorded_dates) recorded.try_emplace(each.key, &each);
  for (Resource const& each : facts.resources) resource_called.try_emplace(each.key, &each);
  for (Expense const& each : facts.expenses) expense_of.try_emplace(each.activity, &each);
  std::unordered_map<View, View> parent;
  for (WbsNode const& each : facts.wbs) parent.try_emplace(each.key, each.parent);
  for (WbsNode const& each : facts.wbs) {
    int count = 0;
    for (View at = each.key; !at.empty() && count < 1000; ++count)
      at = parent.contains(at) ? parent[at] : View();
    depth.try_emplace(each.key, count);
  }
}

pugi::xml_node MspdiWriter::container(char const* name) {
  pugi::xml_node node = root_.child(name);
  return node ? node : add_child(root_, name);
}

std::string MspdiWriter::fresh_uid(char const* list) {
  auto [place, is_new] = last_uid_.try_emplace(list, 0);
  if (is_new)
    for (pugi::xml_node each : root_.child(list).children())
      place->second = std::max(place->second, number_in(text_in(each, "UID")));
  return std::to_string(++place->second);
}

template <class T>
std::vector<MspdiWriter::Placed<T>> MspdiWriter::place(std::vector<pugi::xml_node> const& elements,
                                                       char const* list, char const* name) {
  auto const& before = before_.facts.*FactTraits<T>::member;
  auto const& after = after_.facts.*FactTraits<T>::member;
  if (elements.size() != before.size())
    throw InvalidInput(std::string("the original cannot be matched with its own facts in its ") + list +
                       "; write without it");
  std::unordered_map<View, std::size_t> was;
  std::unordered_set<std::string> taken;
  for (std::size_t i = 0; i < before.size(); ++i) was.try_emplace(before[i].key, i);
  for (pugi::xml_node each : elements) taken.emplace(text_in(each, "UID"));
  std::vector<Placed<T>> placed(before.size());
  for (std::size_t i = 0; i < before.size(); ++i) placed[i] = {elements[i], &before[i], nullptr};
  std::vector<Placed<T>> added;
  for (T const& fact : after) {
    if (auto const place = was.find(fact.key); place != was.end()) {
      placed[place->second].after = &fact;
      continue;
    }
    edited_ = true;
    std::string uid = uid_wanted(fact);
    if (uid.empty() || !taken.insert(uid).second) {
      do uid = fresh_uid(list);
      while (!taken.insert(uid).second);
    }
    pugi::xml_node element = add_child(container(list), name);
    set_child(element, "UID", uid);
    added.push_back({element, nullptr, &fact});
  }
  // What names those that are gone, and is no fact of its own or was one that is gone too.
  std::unordered_set<View> gone;
  for (auto const& each : placed)
    if (!each.after) gone.insert(text_in(each.element, "UID"));
  edited_ = edited_ || !gone.empty();
  if constexpr (std::is_same_v<T, Activity> || std::is_same_v<T, Resource>) {
    char const* const reference = std::is_same_v<T, Activity> ? "TaskUID" : "ResourceUID";
    if (!gone.empty())
      for (pugi::xml_node other : root_.child("Assignments").children("Assignment"))
        if (gone.contains(text_in(other, reference))) mark_gone(other);
    if (std::is_same_v<T, Activity> && !gone.empty())
      for (pugi::xml_node task : root_.child("Tasks").children("Task"))
        for (pugi::xml_node link : task.children("PredecessorLink"))
          if (gone.contains(text_in(link, "PredecessorUID"))) mark_gone(link);
  }
  std::vector<Placed<T>> kept;
  for (auto const& each : placed) {
    if (each.after)
      kept.push_back(each);
    else
      mark_gone(each.element);
  }
  kept.insert(kept.end(), added.begin(), added.end());
  return kept;
}

template <class T>
bool MspdiWriter::fill(Placed<T> const& placed, std::vector<MspdiField<T>> const& fields) {
  bool changed = false;
  for (auto const& field : fields) {
    std::string const wanted = field.spell(*placed.after, after_);
    if (placed.before && field.spell(*placed.before, before_) == wanted) continue;
    set_child(placed.element, field.name, wanted);
    changed = edited_ = true;
  }
  return changed;
}

void MspdiWriter::write_project() {
  Subproject const& project = after_.facts.subprojects.at(0);
  Subproject const* const before =
      before_.facts.subprojects.empty() ? nullptr : &before_.facts.subprojects[0];
  if (!before) {
    set_child(root_, "Name", project.name);
    set_child(root_, "HonorConstraints", "1");
  }
  (void)fill(Placed<Subproject>{root_, before, &project}, mspdi_project_fields());
  order_.of<Subproject>().push_back(project.key);
  if (before && before->name == project.name) return;
  // The project's own row, UID 0, bears its name.
  pugi::xml_node row;
  for (pugi::xml_node each : root_.child("Tasks").children("Task"))
    if (text_in(each, "UID") == "0") row = each;
  if (!row) {
    pugi::xml_node tasks = container("Tasks");
    row = add_child(tasks, "Task");
    set_child(row, "UID", "0");
    set_child(row, "ID", "0");
    set_child(row, "IsNull", "0");
    set_child(row, "OutlineNumber", "0");
    set_child(row, "OutlineLevel", "0");
    set_child(row, "Summary", "1");
  }
  set_child(row, "Name", project.name);
  edited_ = true;
}

void MspdiWriter::write_calendars() {
  std::vector<pugi::xml_node> elements;
  for (pugi::xml_node each : root_.child("Calendars").children("Calendar")) elements.push_back(each);
  auto const placed = place<Calendar>(elements, "Calendars", "Calendar");
  for (auto const& each : placed) {
    std::string const uid(text_in(each.element, "UID"));
    after_.calendar.try_emplace(each.after->key, uid);
    before_.calendar.try_emplace(each.after->key, uid);
    order_.of<Calendar>().push_back(each.after->key);
  }
  for (auto const& [element, before, after] : placed) {
    if (before && *before == *after) continue;
    edited_ = true;
    if (!before || before->name != after->name)
      set_child(element, "Name", after->name.empty() ? after->key : after->name);
    if (!before || before->base != after->base) {
      auto const base = after_.calendar.find(after->base);
      set_child(element, "IsBaseCalendar", base == after_.calendar.end() ? "1" : "0");
      set_child(element, "BaseCalendarUID", base == after_.calendar.end() ? "-1" : base->second);
    }
    write_working_time(element, *after, before);
  }
}

void MspdiWriter::order_tasks(std::vector<Placed<Activity>> const& tasks) {
  pugi::xml_node list = container("Tasks");
  // Rows that are no facts stay behind the one they follow.
  std::unordered_map<std::string, std::vector<pugi::xml_node>> behind;
  std::unordered_map<void*, std::string> key_of;
  for (auto const& each : tasks) key_of.emplace(each.element.internal_object(), each.after->key);
  std::string last;
  std::vector<std::string> order;
  for (pugi::xml_node each : list.children("Task")) {
    if (each.attribute("gone")) continue;
    auto const key = key_of.find(each.internal_object());
    if (key == key_of.end()) {
      behind[last].push_back(each);
    } else {
      last = key->second;
      order.push_back(last);
    }
  }
  std::vector<std::string> wanted;
  for (Activity const& each : after_.facts.activities) wanted.push_back(each.key);
  order_.of<Activity>() = order_.of<RecordedDates>() = wanted;
  if (order != wanted) {
    edited_ = true;
    std::vector<pugi::xml_node> row;
    auto const take = [&](std::string const& key) {
      for (pugi::xml_node each : behind[key]) row.push_back(each);
    };
    take("");
    for (std::string const& key : wanted) row.push_back(task_of_.at(key)), take(key);
    std::string space;
    if (pugi::xml_node first = list.first_child(); first && first.type() == pugi::node_pcdata)
      space = first.value();
    pugi::xml_node end = list.last_child();
    bool const spaced = end && end.type() == pugi::node_pcdata;
    std::int64_t id = 0;
    for (pugi::xml_node each : row) {
      pugi::xml_node before = each.previous_sibling();
      if (before && before.type() == pugi::node_pcdata && before != end) list.remove_child(before);
      if (spaced) {
        if (!space.empty()) list.insert_child_before(pugi::node_pcdata, end).set_value(space.c_str());
        list.insert_move_before(each, end);
      } else {
        list.append_move(each);
      }
      set_child(each, "ID", std::to_string(text_in(each, "UID") == "0" ? 0 : ++id));
    }
  }
}

void MspdiWriter::write_tasks() {
  std::vector<pugi::xml_node> elements;
  for (pugi::xml_node each : root_.child("Tasks").children("Task")) {
    View const uid = text_in(each, "UID");
    if (text_in(each, "IsNull") != "1" && !uid.empty() && uid != "0") elements.push_back(each);
  }
  auto const placed = place<Activity>(elements, "Tasks", "Task");
  for (auto const& each : placed) {
    std::string const uid(text_in(each.element, "UID"));
    after_.activity.try_emplace(each.after->key, uid);
    before_.activity.try_emplace(each.after->key, uid);
    task_of_.try_emplace(each.after->key, each.element);
  }
  order_tasks(placed);
  bool const numbered = std::all_of(after_.facts.wbs.begin(), after_.facts.wbs.end(),
                                    [](WbsNode const& each) { return is_outline_number(each.key); });
  std::unordered_map<std::string, std::string> number;  // by WBS node
  std::unordered_map<std::string, int> children;
  std::unordered_map<View, View> parent;
  for (WbsNode const& each : after_.facts.wbs) parent.try_emplace(each.key, each.parent);
  std::unordered_map<View, Placed<Activity> const*> by_key;
  for (auto const& each : placed) by_key.try_emplace(each.after->key, &each);
  for (Activity const& activity : after_.facts.activities) {
    auto const& each = *by_key.at(activity.key);
    bool const summary = activity.kind == ActivityKind::Summary && !activity.wbs.empty();
    std::string const above(summary ? parent[activity.wbs] : View(activity.wbs));
    std::string outline = (above.empty() ? "" : number[above] + ".") + std::to_string(++children[above]);
    if (each.before) outline = text_in(each.element, "OutlineNumber");
    if (!each.before && summary && numbered) outline = activity.wbs;
    if (summary && number.try_emplace(activity.wbs, outline).second) {
      order_.of<WbsNode>().push_back(activity.wbs);
    }
    if (!each.before) {
      set_child(each.element, "IsNull", "0");
      set_child(each.element, "OutlineNumber", outline);
      set_child(each.element, "WBS", summary && !numbered ? activity.wbs : activity.key);
      set_child(each.element, "Estimated", "0");
      set_child(each.element, "Priority", "500");
    }
    (void)fill(each, mspdi_task_fields());
    Baseline const* const baseline = baseline_of(after_, activity.key);
    Baseline const* const old_baseline = baseline_of(before_, activity.key);
    if (baseline ? old_baseline && *baseline == *old_baseline : !old_baseline) continue;
    edited_ = true;
    pugi::xml_node node;
    for (pugi::xml_node one : each.element.children("Baseline"))
      if (!node && text_in(one, "Number") == "0") node = one;
    if (!baseline) {
      if (node) remove_child(node);
      continue;
    }
    if (!node) {
      node = add_child(each.element, "Baseline");
      set_child(node, "Number", "0");
    }
    set_child(node, "Start", spelled_second(baseline->start));
    set_child(node, "Finish", spelled_second(baseline->finish));
    if (baseline->cost) set_child(node, "Cost", spelled_number(baseline->cost->in_major() * 100, 4));
  }
}

void MspdiWriter::write_links() {
  std::vector<pugi::xml_node> elements;
  std::unordered_set<View> uids;
  for (pugi::xml_node task : root_.child("Tasks").children("Task"))
    if (text_in(task, "IsNull") != "1" && text_in(task, "UID") != "0") uids.insert(text_in(task, "UID"));
  std::unordered_set<View> old;
  for (Activity const& each : before_.facts.activities) old.insert(each.key);
  std::unordered_set<void*> is_new;
  for (Activity const& each : after_.facts.activities)
    if (!old.contains(each.key)) is_new.insert(task_of_.at(each.key).internal_object());
  for (pugi::xml_node task : root_.child("Tasks").children("Task")) {
    if (!uids.contains(text_in(task, "UID")) || is_new.contains(task.internal_object())) continue;
    for (pugi::xml_node link : task.children("PredecessorLink"))
      if (text_in(link, "CrossProject") != "1" && uids.contains(text_in(link, "PredecessorUID")))
        elements.push_back(link);
  }
  auto const& before = before_.facts.links;
  if (elements.size() != before.size())
    throw InvalidInput("the original cannot be matched with its own facts in its links; write without it");
  std::unordered_map<View, std::size_t> was;
  for (std::size_t i = 0; i < before.size(); ++i) was.try_emplace(before[i].key, i);
  std::vector<bool> kept(before.size(), false);
  std::unordered_map<void*, std::string> key_of;
  for (Link const& link : after_.facts.links) {
    auto const place = was.find(link.key);
    bool const same_end = place != was.end() && before[place->second].successor == link.successor;
    pugi::xml_node element;
    if (same_end) {
      kept[place->second] = true;
      element = elements[place->second];
    } else {
      element = add_child(task_of_.at(link.successor), "PredecessorLink");
    }
    key_of.emplace(element.internal_object(), link.key);
    (void)fill(Placed<Link>{element, same_end ? &before[place->second] : nullptr, &link},
               mspdi_link_fields());
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (kept[i]) continue;
    edited_ = true;
    mark_gone(elements[i]);
  }
  for (pugi::xml_node task : root_.child("Tasks").children("Task"))
    for (pugi::xml_node link : task.children("PredecessorLink"))
      if (auto const key = key_of.find(link.internal_object()); key != key_of.end())
        order_.of<Link>().push_back(key->second);
}

void MspdiWriter::write_rates(pugi::xml_node element, Resource const& resource) {
  std::vector<pugi::xml_node> old;
  for (pugi::xml_node each : element.child("Rates").children("Rate"))
    if (View const table = text_in(each, "RateTable"); table.empty() || table == "0") old.push_back(each);
  for (pugi::xml_node each : old) remove_child(each);
  auto const price = [](Rate rate) { return spelled_number(rate.in_major(), 6); };
  auto const cost = [](Money amount) { return spelled_number(amount.in_major() * 100, 4); };
  RatePeriod const first = resource.rates.empty() ? RatePeriod{} : resource.rates.front();
  bool const priced = !resource.rates.empty();
  // Project pays overtime at the overtime rate alone; what is paid like other hours says so.
  auto const overtime = [&](RatePeriod const& period) {
    bool const none = resource.kind == ResourceKind::Material;
    return price(none ? Rate{} : period.overtime.value_or(period.standard));
  };
  set_child(element, "StandardRate", priced ? price(first.standard) : "");
  set_child(element, "StandardRateFormat",
            !priced                                   ? ""
            : resource.kind == ResourceKind::Material ? "8"
                                                      : "2");
  set_child(element, "OvertimeRate", priced ? overtime(first) : "");
  set_child(element, "OvertimeRateFormat", priced ? "2" : "");
  set_child(element, "CostPerUse", priced ? cost(first.per_use) : "");
  if (!priced) return;
  pugi::xml_node list = element.child("Rates");
  if (!list) list = add_child(element, "Rates");
  for (std::size_t i = 0; i < resource.rates.size(); ++i) {
    RatePeriod const& period = resource.rates[i];
    pugi::xml_node node = add_child(list, "Rate");
    set_child(node, "RatesFrom", period.from ? spelled_second(period.from) : "1984-01-01T00:00:00");
    set_child(
        node, "RatesTo",
        i + 1 < resource.rates.size() ? spelled_second(resource.rates[i + 1].from) : "2049-12-31T23:59:00");
    set_child(node, "RateTable", "0");
    set_child(node, "StandardRate", price(period.standard));
    set_child(node, "StandardRateFormat", resource.kind == ResourceKind::Material ? "8" : "2");
    set_child(node, "OvertimeRate", overtime(period));
    set_child(node, "OvertimeRateFormat", "2");
    set_child(node, "CostPerUse", cost(period.per_use));
  }
}

void MspdiWriter::write_resources() {
  std::vector<pugi::xml_node> elements;
  for (pugi::xml_node each : root_.child("Resources").children("Resource")) {
    View const uid = text_in(each, "UID");
    bool const is_row =
        text_in(each, "IsNull") != "1" && !uid.empty() && (uid != "0" || !text_in(each, "Name").empty());
    if (is_row) elements.push_back(each);
  }
  auto const placed = place<Resource>(elements, "Resources", "Resource");
  std::int64_t id = 0;
  for (auto const& each : placed) {
    std::string const uid(text_in(each.element, "UID"));
    after_.resource.try_emplace(each.after->key, uid);
    before_.resource.try_emplace(each.after->key, uid);
    order_.of<Resource>().push_back(each.after->key);
    ++id;
    if (!each.before) {
      set_child(each.element, "ID", std::to_string(id));
      set_child(each.element, "IsNull", "0");
      if (each.after->key != each.after->name) set_child(each.element, "Initials", each.after->key);
    }
    (void)fill(each, mspdi_resource_fields());
    if (each.before ? each.before->rates != each.after->rates : !each.after->rates.empty()) {
      edited_ = true;
      write_rates(each.element, *each.after);
    }
  }
}

void MspdiWriter::write_assignments() {
  std::unordered_set<View> tasks, resources;
  for (pugi::xml_node each : root_.child("Tasks").children("Task"))
    if (text_in(each, "IsNull") != "1" && text_in(each, "UID") != "0") tasks.insert(text_in(each, "UID"));
  for (pugi::xml_node each : root_.child("Resources").children("Resource")) {
    View const uid = text_in(each, "UID");
    if (text_in(each, "IsNull") != "1" && !uid.empty() && (uid != "0" || !text_in(each, "Name").empty()))
      resources.insert(uid);
  }
  std::vector<pugi::xml_node> elements;
  for (pugi::xml_node each : root_.child("Assignments").children("Assignment"))
    if (tasks.contains(text_in(each, "TaskUID")) && resources.contains(text_in(each, "ResourceUID")))
      elements.push_back(each);
  std::unordered_map<View, Activity const*> old;
  for (Activity const& each : before_.facts.activities) old.try_emplace(each.key, &each);
  std::unordered_map<View, Activity const*> now;
  for (Activity const& each : after_.facts.activities) now.try_emplace(each.key, &each);
  for (auto const& each : place<Assignment>(elements, "Assignments", "Assignment")) {
    order_.of<Assignment>().push_back(each.after->key);
    bool const changed = fill(each, mspdi_assignment_fields());
    auto const before = old.find(each.after->activity);
    auto const after = now.find(each.after->activity);
    bool const moved = before != old.end() && after != now.end() &&
                       (before->second->duration != after->second->duration ||
                        before->second->progress != after->second->progress ||
                        before->second->microsoft.splits != after->second->microsoft.splits);
    if (!each.before || !(changed || moved)) continue;
    // Work day by day no longer adds up; Project spreads it anew.
    while (pugi::xml_node part = each.element.child("TimephasedData")) remove_child(part), edited_ = true;
  }
}

/// Parts of a split task are told by the days on which work is planned.
void MspdiWriter::write_splits() {
  std::unordered_map<View, Activity const*> old;
  for (Activity const& each : before_.facts.activities) old.try_emplace(each.key, &each);
  for (Activity const& each : after_.facts.activities) {
    auto const& splits = each.microsoft.splits;
    auto const before = old.find(each.key);
    std::string const uid = after_.activity.at(each.key);
    if (splits.empty() || (before != old.end() && before->second->microsoft.splits == splits)) continue;
    pugi::xml_node element;
    for (pugi::xml_node one : root_.child("Assignments").children("Assignment"))
      if (!element && !one.attribute("gone") && text_in(one, "TaskUID") == uid) element = one;
    if (!element) {
      element = add_child(container("Assignments"), "Assignment");
      set_child(element, "UID", fresh_uid("Assignments"));
      set_child(element, "TaskUID", uid);
      set_child(element, "ResourceUID", "-65535");
    }
    edited_ = true;
    std::int64_t const work = std::max<std::int64_t>(each.duration.seconds, 60);
    for (Split const& split : splits) {
      pugi::xml_node node = add_child(element, "TimephasedData");
      set_child(node, "Type", "1");
      set_child(node, "UID", std::string(text_in(element, "UID")));
      set_child(node, "Start", spelled_second(split.start));
      set_child(node, "Finish", spelled_second(split.finish));
      set_child(node, "Unit", "2");
      set_child(node, "Value", spelled_duration(work / static_cast<std::int64_t>(splits.size())));
    }
  }
}

bool MspdiWriter::write() {
  write_calendars();
  write_project();
  write_tasks();
  write_links();
  write_resources();
  write_assignments();
  write_splits();
  std::vector<pugi::xml_node> gone;
  auto const collect = [&](pugi::xml_node parent) {
    for (pugi::xml_node each : parent.children())
      if (each.attribute("gone")) gone.push_back(each);
  };
  for (char const* const list : {"Calendars", "Tasks", "Resources", "Assignments"}) {
    collect(root_.child(list));
    if (View(list) == "Tasks")
      for (pugi::xml_node task : root_.child(list).children())
        if (!task.attribute("gone")) collect(task);
  }
  for (pugi::xml_node each : gone) remove_child(each);
  return edited_;
}

}  // namespace rapport
