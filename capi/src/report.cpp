#include "rapport/notice/notice.h"

#include "guarded.h"
#include "handles.h"
#include "json.h"
#include "rapport/report/report.h"

namespace rapport::capi {
namespace {

std::optional<Instant> instant_or_none(std::int64_t seconds) {
  return seconds == RAPPORT_NO_INSTANT ? std::nullopt : std::optional(checked_instant(seconds, "today"));
}

Copy copy_of(std::int32_t copy) {
  if (copy == RAPPORT_COPY_INTERNAL) return Copy::Internal;
  if (copy == RAPPORT_COPY_CLIENT) return Copy::Client;
  throw InvalidInput("there is no copy " + std::to_string(copy) +
                     " of this; use RAPPORT_COPY_INTERNAL or RAPPORT_COPY_CLIENT");
}

[[noreturn]] void refuse_format(std::int32_t format, char const* known) {
  throw InvalidInput("this has no format " + std::to_string(format) + "; use one of " + known);
}

std::string language_of(rapport_report_options const& options) {
  return options.language ? options.language : "en";
}

}  // namespace
}  // namespace rapport::capi

using namespace rapport::capi;

rapport_status rapport_project_notify(rapport_project const* project, rapport_impact const* impact,
                                      rapport_notice_options const* options, rapport_notices** out,
                                      rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    auto const chosen = complete(options, rapport_notice_options RAPPORT_NOTICE_OPTIONS_INIT);
    rapport::NoticeOptions told;
    told.language = text_or_empty(chosen.language);
    if (chosen.copy != RAPPORT_COPY_BY_RECIPIENT) told.copy = copy_of(chosen.copy);
    told.sender = text_or_empty(chosen.sender);
    told.answer.today = instant_or_none(chosen.today);
    result = new rapport_notices{
        rapport::notify(required(project, "project").value, required(impact, "impact").value, told)};
  });
}

rapport_status rapport_notices_table(rapport_notices const* notices, ArrowArrayStream* out,
                                     rapport_error** error) {
  return guarded(error, [&] { give(required(notices, "notices").value.table(), required(out, "out")); });
}

rapport_status rapport_notices_to_json(rapport_notices const* notices, char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto& result = required(out, "out");
    result = copied(dumped(to_json(required(notices, "notices").value)));
  });
}

void rapport_notices_free(rapport_notices* notices) { delete notices; }

rapport_status rapport_project_report(rapport_project const* project, rapport_impact const* impact,
                                      rapport_report_options const* options, char** out,
                                      rapport_error** error) {
  return guarded(error, [&] {
    auto const chosen = complete(options, rapport_report_options RAPPORT_REPORT_OPTIONS_INIT);
    auto const& facts = required(project, "project").value;
    auto const& value = required(impact, "impact").value;
    rapport::ReportOptions told;
    told.language = language_of(chosen);
    told.copy = copy_of(chosen.copy);
    told.answer.today = instant_or_none(chosen.today);
    auto& result = required(out, "out");
    if (chosen.format == RAPPORT_FORMAT_HTML)
      result = copied(rapport::report_html(facts, value, told));
    else if (chosen.format == RAPPORT_FORMAT_MARKDOWN)
      result = copied(rapport::report_markdown(facts, value, told));
    else
      refuse_format(chosen.format, "RAPPORT_FORMAT_HTML, _MARKDOWN");
  });
}

rapport_status rapport_risks_report(rapport_risks const* risks, rapport_report_options const* options,
                                    char** out, rapport_error** error) {
  return guarded(error, [&] {
    auto const chosen = complete(options, rapport_report_options RAPPORT_REPORT_OPTIONS_INIT);
    auto const& reg = required(risks, "risks").value;
    std::string const language = language_of(chosen);
    auto& result = required(out, "out");
    if (chosen.format == RAPPORT_FORMAT_HTML)
      result = copied(rapport::to_html(reg, language));
    else if (chosen.format == RAPPORT_FORMAT_MARKDOWN)
      result = copied(rapport::to_markdown(reg, language));
    else if (chosen.format == RAPPORT_FORMAT_SVG)
      result = copied(rapport::to_svg(reg, language));
    else
      refuse_format(chosen.format, "RAPPORT_FORMAT_HTML, _MARKDOWN, _SVG");
  });
}
