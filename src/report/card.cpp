#include <algorithm>

#include "notice/client_words.h"
#include "notice/wording.h"
#include "rapport/report/report.h"
#include "report/fill.h"
#include "report/impact_words.h"

namespace rapport {
namespace {

using nlohmann::json;

bool is_number(ColumnType type) {
  return type == ColumnType::Int64 || type == ColumnType::Float64 || type == ColumnType::Money ||
         type == ColumnType::Work;
}

}  // namespace

std::string to_html_card(Impact const& impact, std::string_view language) {
  Wording const& say = Wording::of(language);
  ImpactPage page;
  page.finish_before = impact.before().finish();
  page.finish_after = impact.after().finish();
  page.cost_delta = impact.cost_delta();
  page.costs.resize(impact.cost_lines().size());
  page.unpriced = impact.unpriced();
  page.tests = impact.repeated_tests();
  page.confirmations = impact.lapsed_confirmations();
  page.work_assumed = impact.work_assumed();
  page.quality = impact.quality_figures();
  page.activity_count = impact.activity_deltas().size();
  auto const count = [&](auto test) {
    return static_cast<std::size_t>(std::ranges::count_if(impact.activity_deltas(), test));
  };
  page.moved_count = count(&ActivityDelta::moved);
  page.newly_critical_count = count(&ActivityDelta::newly_critical);

  ChangeRequest const& change = impact.change();
  json words{{"change", change.key},
             {"title", change.title.empty() ? change.key : change.title},
             {"headline", headline(page.finish_before, page.finish_after, page.cost_delta, say)},
             {"figures", figures(page, say)}};
  return fill("impact_card.html", std::move(words), say, Escape::Html);
}

std::string to_html_card(Table const& table, std::size_t rows, std::string_view language) {
  Wording const& say = Wording::of(language);
  json words{{"name", table.name()},
             {"count", say("card.rows", {{"n", table.rows()}})},
             {"columns", json::array()},
             {"rows", json::array()}};
  for (Column const& column : table.columns())
    words["columns"].push_back(
        {{"name", column.name}, {"unit", column.unit}, {"number", is_number(column.type)}});
  std::size_t const shown = std::min(rows, table.rows());
  for (std::size_t row = 0; row < shown; ++row) {
    json cells = json::array();
    for (std::size_t column = 0; column < table.columns().size(); ++column)
      cells.push_back(
          {{"text", table.text(row, column)}, {"number", is_number(table.columns()[column].type)}});
    words["rows"].push_back({{"cells", std::move(cells)}});
  }
  if (shown < table.rows()) words["more"] = say("card.more", {{"n", table.rows() - shown}});
  return fill("table_card.html", std::move(words), say, Escape::Html);
}

}  // namespace rapport
