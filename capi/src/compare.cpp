#include "rapport/impact/compare.h"

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/report/comparison_page.h"

struct rapport_comparison {
  rapport::Comparison value;
};

namespace rapport::capi {
namespace {

CompareOptions compare_options(rapport_compare_options const& given) {
  if (given.by < 0 || given.by > RAPPORT_DELTA_BY_EDIT)
    throw InvalidInput("there is no grouping " + std::to_string(given.by) +
                       "; use one of RAPPORT_DELTA_BY_KIND, _ACTIVITY, _EDIT");
  CompareOptions options;
  options.milestone = text_or_empty(given.milestone);
  options.by = static_cast<DeltaBy>(given.by);
  options.explain = given.explain != 0;
  options.exact_parts = given.exact_parts;
  options.permutations = given.permutations;
  options.seed = given.seed;
  options.rules = rules_of(given.rules);
  check_reserved(given.reserved);
  return options;
}

Json explained(DeltaExplanation const& explanation) {
  auto const money = [](std::optional<Money> const& amount) {
    return amount ? Json(to_string(*amount)) : Json();
  };
  Json parts = Json::array();
  for (auto const& part : explanation.parts)
    parts.push_back({{"part", part.name},
                     {"finish_seconds", part.finish.seconds},
                     {"working_seconds", part.finish_work.seconds},
                     {"finish_error_seconds", part.finish_error},
                     {"cost", money(part.cost)},
                     {"edits", part.edits}});
  return {{"before", to_string(explanation.before)},
          {"after", to_string(explanation.after)},
          {"finish_seconds", explanation.finish.seconds},
          {"working_seconds", explanation.finish_work.seconds},
          {"cost_before", money(explanation.cost_before)},
          {"cost_after", money(explanation.cost_after)},
          {"cost", money(explanation.cost)},
          {"exact", explanation.exact},
          {"permutations", explanation.permutations},
          {"schedules", explanation.schedules},
          {"parts", std::move(parts)},
          {"notes", to_json(explanation.notes)}};
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_compare(rapport_project const* before, rapport_project const* after,
                                       rapport_compare_options const* options, rapport_comparison** out,
                                       rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const chosen = complete(options, rapport_compare_options RAPPORT_COMPARE_OPTIONS_INIT);
    result = new rapport_comparison{rapport::compare(required(before, "before").value,
                                                     required(after, "after").value, compare_options(chosen),
                                                     run_control(chosen))};
  });
}

rapport_status rapport_comparison_table(rapport_comparison const* comparison, int32_t table,
                                        ArrowArrayStream* out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(comparison, "comparison").value;
    auto& result = required(out, "out");
    if (table == RAPPORT_COMPARISON_DIFFERENCES) return give(value.differences_table(), result);
    if (table == RAPPORT_COMPARISON_MOVED) return give(value.moved_table(), result);
    if (table == RAPPORT_COMPARISON_EXPLANATION) return give(value.explanation_table(), result);
    throw rapport::InvalidInput("a comparison has no table " + std::to_string(table) +
                                "; use one of RAPPORT_COMPARISON_DIFFERENCES, _MOVED, _EXPLANATION");
  });
}

rapport_status rapport_comparison_explanation(rapport_comparison const* comparison, char** out,
                                              rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(comparison, "comparison").value;
    auto& result = required(out, "out");
    result = copied(dumped(explained(value.explanation)));
  });
}

rapport_status rapport_comparison_report(rapport_comparison const* comparison, int32_t format,
                                         char const* before, char const* after, char const* language,
                                         char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto const& value = required(comparison, "comparison").value;
    rapport::ComparisonPageOptions options;
    options.before = text_or_empty(before);
    options.after = text_or_empty(after);
    if (language) options.language = language;
    auto& result = required(out, "out");
    if (format != RAPPORT_FORMAT_HTML && format != RAPPORT_FORMAT_MARKDOWN)
      throw rapport::InvalidInput("a comparison has no format " + std::to_string(format) +
                                  "; use RAPPORT_FORMAT_HTML or _MARKDOWN");
    result = copied(format == RAPPORT_FORMAT_HTML ? rapport::to_html(value, options)
                                                  : rapport::to_markdown(value, options));
  });
}

void rapport_comparison_free(rapport_comparison* comparison) { delete comparison; }
