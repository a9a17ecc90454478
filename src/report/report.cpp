#include "rapport/report/report.h"

#include <nlohmann/json.hpp>

#include "notice/templates.h"
#include "notice/wording.h"
#include "report/client_page_words.h"
#include "report/fill.h"
#include "report/impact_words.h"

namespace rapport {
namespace {

NoticeOptions notice_options(ReportOptions const& options) {
  NoticeOptions notices;
  notices.answer = options.answer;
  return notices;
}

}  // namespace

std::string fill(std::string_view name, nlohmann::json words, Wording const& say, Escape escape) {
  words["w"] = say.words();
  words["lang"] = say("lang");
  words["css"] = template_text(name.ends_with("_card.html") ? "page/card.css" : "page/style.css");
  return render(template_text("page/" + std::string(name)), words, escape);
}

std::string to_html(ImpactPage const& page, std::string_view language) {
  Wording const& say = Wording::of(language);
  return fill("impact.html", impact_words(page, say), say, Escape::Html);
}

std::string to_markdown(ImpactPage const& page, std::string_view language) {
  Wording const& say = Wording::of(language);
  return fill("impact.md", impact_words(page, say), say, Escape::Markdown);
}

std::string to_html(ClientView const& view, std::string_view language) {
  Wording const& say = Wording::of(language);
  return fill("client.html", client_page_words(view, say), say, Escape::Html);
}

std::string to_markdown(ClientView const& view, std::string_view language) {
  Wording const& say = Wording::of(language);
  return fill("client.md", client_page_words(view, say), say, Escape::Markdown);
}

std::string report_html(Project const& project, Impact const& impact, ReportOptions const& options) {
  if (options.copy == Copy::Client)
    return to_html(client_view(project, impact, options.answer), options.language);
  return to_html(impact_page(project, impact, notice_options(options), options.activities), options.language);
}

std::string report_markdown(Project const& project, Impact const& impact, ReportOptions const& options) {
  if (options.copy == Copy::Client)
    return to_markdown(client_view(project, impact, options.answer), options.language);
  return to_markdown(impact_page(project, impact, notice_options(options), options.activities),
                     options.language);
}

}  // namespace rapport
