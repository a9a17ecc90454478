#include "report/gantt.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

namespace rapport {
namespace {

constexpr int row_height = 30;

/// A percentage with two decimals, whatever the locale.
std::string percent_text(double value) {
  auto const hundredths = std::llround(value * 100);
  std::string text = std::to_string(std::abs(hundredths) / 100) + ".";
  auto const fraction = std::abs(hundredths) % 100;
  text += (fraction < 10 ? "0" : "") + std::to_string(fraction);
  return (hundredths < 0 ? "-" : "") + text + "%";
}

struct Scale {
  Instant from, to;
  [[nodiscard]] double at(Instant when) const {
    auto const width = static_cast<double>((to - from).seconds);
    return 100.0 * static_cast<double>((when - from).seconds) / width;
  }
  [[nodiscard]] std::string x(Instant when) const { return percent_text(at(when)); }
};

Scale scale_of(std::vector<GanttBar> const& bars, std::optional<Instant> data_date) {
  std::optional<Instant> low, high;
  auto const include = [&](std::optional<Instant> when) {
    if (!when) return;
    low = low ? std::min(*low, *when) : *when;
    high = high ? std::max(*high, *when) : *when;
  };
  for (GanttBar const& bar : bars) {
    include(bar.start_before);
    include(bar.finish_before);
    include(bar.start_after);
    include(bar.finish_after);
  }
  Scale scale{low.value_or(Instant{}), high.value_or(Instant{})};
  // The data date is drawn when it is near, and does not squeeze the rest when it is not.
  std::int64_t const length = std::max((scale.to - scale.from).seconds, 7 * seconds_per_day);
  if (data_date && *data_date < scale.from && (scale.from - *data_date).seconds < length / 4)
    scale.from = *data_date;
  Elapsed const margin{length / 40 + seconds_per_day / 2};
  return {scale.from + (-margin), scale.to + margin};
}

struct YearMonth {
  int year = 0, month = 1;
};

YearMonth month_of(Instant when) {
  std::string const iso = to_string(when.date());
  return {std::stoi(iso.substr(0, 4)), std::stoi(iso.substr(5, 2))};
}

struct Tick {
  Instant when;
  std::string label;
};

std::vector<Tick> month_ticks(Scale const& scale, int months, Wording const& say) {
  std::vector<Tick> ticks;
  YearMonth at_month = month_of(scale.from);
  int index = at_month.year * 12 + at_month.month - 1;
  index -= index % months;
  for (;; index += months) {
    Instant const when = at(Date::of(index / 12, index % 12 + 1, 1));
    if (when > scale.to) return ticks;
    if (when < scale.from) continue;
    auto const month = static_cast<std::size_t>(index % 12);
    std::string const year = std::to_string(index / 12);
    nlohmann::json const name{{"month_name", say.words().at("months").at(month)}, {"year", year}};
    ticks.push_back({when, months >= 12 ? year : say("month", name)});
  }
}

std::vector<Tick> day_ticks(Scale const& scale, std::int32_t days, Wording const& say) {
  std::vector<Tick> ticks;
  Date day = scale.from.date() + 1;
  while (days % 7 == 0 && day.weekday() != 0) day = day + 1;
  for (; at(day) < scale.to; day = day + days) ticks.push_back({at(day), say.date(at(day))});
  return ticks;
}

/// At most six ticks on whole days, weeks, months, quarters or years.
std::vector<Tick> ticks_of(Scale const& scale, Wording const& say) {
  constexpr double most = 6;
  double const days =
      static_cast<double>((scale.to - scale.from).seconds) / static_cast<double>(seconds_per_day);
  for (std::int32_t const step : {1, 2, 7, 14})
    if (days / step <= most) return day_ticks(scale, step, say);
  for (int const step : {1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 6000, 24000})
    if (days / (step * 30.4) <= most) return month_ticks(scale, step, say);
  return {};
}

std::string bar_markup(Scale const& scale, Instant from, Instant to, int y, int height,
                       std::string const& kind) {
  double const width = std::max(scale.at(to) - scale.at(from), 0.35);
  return "<rect class=\"" + kind + "\" x=\"" + scale.x(from) + "\" width=\"" + percent_text(width) +
         "\" y=\"" + std::to_string(y) + "\" height=\"" + std::to_string(height) + "\" rx=\"2\"/>";
}

std::string diamond_markup(Scale const& scale, Instant when, int y, std::string const& kind) {
  return "<svg x=\"" + scale.x(when) + "\" y=\"" + std::to_string(y) +
         "\" width=\"1\" height=\"1\" overflow=\"visible\"><path class=\"" + kind +
         "\" d=\"M0-5.5 5.5 0 0 5.5-5.5 0z\"/></svg>";
}

std::string row_markup(Scale const& scale, GanttBar const& bar, std::string const& grid) {
  std::string text = "<svg class=\"row\" width=\"100%\" height=\"" + std::to_string(row_height) +
                     "\" aria-hidden=\"true\" focusable=\"false\">" + grid;
  std::string const after = bar.critical ? "after critical" : "after";
  if (bar.milestone) {
    if (bar.finish_before && bar.finish_after && *bar.finish_before != *bar.finish_after)
      text += "<line class=\"way\" x1=\"" + scale.x(*bar.finish_before) + "\" x2=\"" +
              scale.x(*bar.finish_after) + "\" y1=\"15\" y2=\"15\"/>";
    if (bar.finish_before) text += diamond_markup(scale, *bar.finish_before, 15, "before");
    if (bar.finish_after) text += diamond_markup(scale, *bar.finish_after, 15, after);
  } else {
    if (bar.start_before && bar.finish_before)
      text += bar_markup(scale, *bar.start_before, *bar.finish_before, 6, 6, "before");
    if (bar.start_after && bar.finish_after)
      text += bar_markup(scale, *bar.start_after, *bar.finish_after, 15, 9, after);
  }
  return text + "</svg>";
}

}  // namespace

nlohmann::json gantt(std::vector<GanttBar> const& bars, std::optional<Instant> data_date,
                     Wording const& say) {
  Scale const scale = scale_of(bars, data_date);
  std::vector<Tick> const ticks = ticks_of(scale, say);
  bool const shows_data_date = data_date && *data_date > scale.from && *data_date < scale.to;

  std::string grid;
  for (Tick const& tick : ticks)
    grid += "<line class=\"grid\" x1=\"" + scale.x(tick.when) + "\" x2=\"" + scale.x(tick.when) +
            "\" y1=\"0\" y2=\"100%\"/>";
  if (shows_data_date)
    grid += "<line class=\"today\" x1=\"" + scale.x(*data_date) + "\" x2=\"" + scale.x(*data_date) +
            "\" y1=\"0\" y2=\"100%\"/>";

  std::string axis =
      "<svg class=\"axis\" width=\"100%\" height=\"22\" aria-hidden=\"true\" focusable=\"false\">";
  for (std::size_t i = 0; i < ticks.size(); ++i) {
    // A label that would leave the chart on the right ends at its tick.
    bool const last = scale.at(ticks[i].when) > 84;
    axis += "<text class=\"" + std::string(i % 2 == 0 ? "" : "second") + "\" x=\"" + scale.x(ticks[i].when) +
            "\" y=\"15\"" + (last ? " text-anchor=\"end\"" : "") + ">" +
            escaped(ticks[i].label, Escape::Html) + "</text>";
  }
  axis += "</svg>";

  nlohmann::json rows = nlohmann::json::array();
  for (GanttBar const& bar : bars) rows.push_back(row_markup(scale, bar, grid));
  return {{"axis", axis}, {"rows", std::move(rows)}, {"data_date", shows_data_date}};
}

}  // namespace rapport
