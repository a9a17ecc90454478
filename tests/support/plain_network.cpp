#include "support/plain_network.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <random>
#include <string>

namespace rapport::support {
namespace {

/// Below `limit`; the standard distributions differ between libraries.
std::uint32_t below(std::mt19937_64& random, std::uint32_t limit) {
  return static_cast<std::uint32_t>((random() >> 32) * limit >> 32);
}

template <class T>
void permute(std::vector<T>& values, std::vector<std::uint32_t> const& order) {
  std::vector<T> old = values;
  for (std::size_t i = 0; i < old.size(); ++i) values[i] = old[order[i]];
}

std::vector<std::uint32_t> shuffled(std::size_t count, std::mt19937_64& random) {
  std::vector<std::uint32_t> order(count);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = count; i > 1; --i)
    std::swap(order[i - 1], order[below(random, static_cast<std::uint32_t>(i))]);
  return order;
}

}  // namespace

PlainNetwork layered_network(std::uint32_t activities, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  auto const width = std::max<std::uint32_t>(1, static_cast<std::uint32_t>(std::sqrt(activities)));
  PlainNetwork net;
  for (std::uint32_t i = 0; i < activities; ++i) {
    net.duration.push_back(static_cast<std::int32_t>(below(random, 9601)));
    std::uint32_t const layer_begin = i / width * width;
    if (layer_begin == 0) continue;
    std::uint32_t const from = layer_begin > 3 * width ? layer_begin - 3 * width : 0;
    // 0 … 5 links: 4, 14, 32, 30, 14, 6 % make 2.54 in the mean.
    std::uint32_t const roll = below(random, 100);
    std::uint32_t const count = roll < 4    ? 0
                                : roll < 18 ? 1
                                : roll < 50 ? 2
                                : roll < 80 ? 3
                                : roll < 94 ? 4
                                            : 5;
    for (std::uint32_t k = 0; k < count; ++k) {
      net.predecessor.push_back(from + below(random, layer_begin - from));
      net.successor.push_back(i);
      std::uint32_t const kind = below(random, 100);
      net.type.push_back(kind < 80   ? LinkType::FinishToStart
                         : kind < 90 ? LinkType::StartToStart
                         : kind < 98 ? LinkType::FinishToFinish
                                     : LinkType::StartToFinish);
      bool const lagged = below(random, 100) < 30;
      net.lag.push_back(lagged ? static_cast<std::int32_t>(below(random, 2401)) - 600 : 0);
    }
  }
  std::vector<std::uint32_t> const names = shuffled(activities, random);
  std::vector<std::int32_t> const duration = net.duration;
  for (std::uint32_t i = 0; i < activities; ++i) net.duration[names[i]] = duration[i];
  for (auto* ends : {&net.predecessor, &net.successor})
    for (auto& end : *ends) end = names[end];
  std::vector<std::uint32_t> const order = shuffled(net.predecessor.size(), random);
  permute(net.predecessor, order);
  permute(net.successor, order);
  permute(net.type, order);
  permute(net.lag, order);
  return net;
}

PlainNetwork tangle(std::uint32_t activities, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  PlainNetwork net;
  for (std::uint32_t i = 0; i < activities; ++i) {
    net.duration.push_back(static_cast<std::int32_t>(random() % 50));
    for (auto links = i == 0 ? 0 : random() % 20; links > 0; --links) {
      net.predecessor.push_back(static_cast<std::uint32_t>(random() % i));
      net.successor.push_back(i);
      net.type.push_back(static_cast<LinkType>(random() % 4));
      net.lag.push_back(static_cast<std::int32_t>(random() % 200) - 100);
    }
  }
  return net;
}

std::vector<Calendar> eight_calendars() {
  auto const shift = [](int from, int to) { return Shift{from * 3600, to * 3600}; };
  DayShifts const office{shift(8, 12), shift(13, 17)}, morning{shift(8, 12)};
  std::vector<Calendar> all{five_day_calendar("office", office),
                            five_day_calendar("early", {shift(6, 10), shift(11, 15)}),
                            five_day_calendar("late", {shift(10, 14), shift(15, 19)}),
                            round_the_clock_calendar("clock"),
                            five_day_calendar("site", {shift(7, 12), shift(13, 18)}),
                            five_day_calendar("shifts", {shift(6, 14), shift(14, 22)}),
                            five_day_calendar("short Friday", office),
                            five_day_calendar("short Friday, holidays", office)};
  all[4].week[5] = all[4].week[0];
  all[6].week[4] = all[7].week[4] = morning;
  for (std::size_t const which : {0U, 1U, 2U, 7U}) {
    for (int year = 2027; year < 2038; ++year) {
      for (int k = 0; k < 10; ++k) {
        Date const day = Date::of(year, 1, 1) + (static_cast<int>(which) * 5 + k * 36);
        all[which].exceptions.push_back({day, day, {}, "holiday"});
      }
    }
  }
  return all;
}

std::vector<std::uint16_t> calendars_at_random(std::uint32_t activities, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::uint16_t> calendars(activities);
  for (auto& calendar : calendars) calendar = static_cast<std::uint16_t>(below(random, 8));
  return calendars;
}

Facts facts_of(PlainNetwork const& net, std::vector<std::uint16_t> const& calendars) {
  Facts facts;
  facts.calendars = eight_calendars();
  Subproject plan;
  plan.key = "plan";
  plan.data_date = parse_instant("2027-01-04");
  plan.planned_start = plan.data_date;
  plan.calendar = "office";
  facts.subprojects.push_back(plan);
  for (std::uint32_t i = 0; i < net.activities(); ++i) {
    Activity& activity = facts.activities.emplace_back();
    activity.key = "A" + std::to_string(i);
    activity.subproject = "plan";
    activity.calendar = facts.calendars[calendars[i]].key;
    activity.duration = minutes(net.duration[i]);
  }
  for (std::size_t l = 0; l < net.lag.size(); ++l) {
    Link& link = facts.links.emplace_back();
    link.predecessor = "A" + std::to_string(net.predecessor[l]);
    link.successor = "A" + std::to_string(net.successor[l]);
    link.type = net.type[l];
    link.lag.seconds = std::int64_t{net.lag[l]} * 60;
  }
  complete_keys(facts);
  return facts;
}

}  // namespace rapport::support
