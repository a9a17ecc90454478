#pragma once
// Impacts and registers for human eyes: one self-contained HTML page (no script, no network),
// Markdown for mail, SVG pictures, cards for notebooks.

#include <cstddef>
#include <string>
#include <string_view>

#include "rapport/impact/impact.h"
#include "rapport/model/project.h"
#include "rapport/notice/client_view.h"
#include "rapport/notice/notice.h"
#include "rapport/report/page.h"
#include "rapport/risk/register.h"

namespace rapport {

/// "en" or "zh" throughout; every function here throws InvalidInput for a language without templates.
/// Texts are UTF-8; everything that comes from facts is escaped.

/// Everything about an impact, for the team.
[[nodiscard]] std::string to_html(ImpactPage const& page, std::string_view language = "en");
[[nodiscard]] std::string to_markdown(ImpactPage const& page, std::string_view language = "en");

/// The client copy: can only show what a ClientView holds.
[[nodiscard]] std::string to_html(ClientView const& view, std::string_view language = "en");
[[nodiscard]] std::string to_markdown(ClientView const& view, std::string_view language = "en");

struct ReportOptions {
  std::string language = "en";
  Copy copy = Copy::Internal;
  std::size_t activities = 40;  ///< Rows of the Gantt chart and of the table of moved activities.
  AnswerOptions answer;
};

/// The page of an impact, in one call. Cost: O(activities log activities).
[[nodiscard]] std::string report_html(Project const& project, Impact const& impact,
                                      ReportOptions const& options = {});
[[nodiscard]] std::string report_markdown(Project const& project, Impact const& impact,
                                          ReportOptions const& options = {});

/// An HTML fragment for a notebook: headline and key figures, with its styles inline.
[[nodiscard]] std::string to_html_card(Impact const& impact, std::string_view language = "en");
/// The first `rows` rows of a table as an HTML fragment, saying how many more there are.
[[nodiscard]] std::string to_html_card(Table const& table, std::size_t rows = 10,
                                       std::string_view language = "en");

/// The register as a page: matrix, table. Internal.
[[nodiscard]] std::string to_html(RiskRegister const& reg, std::string_view language = "en");
[[nodiscard]] std::string to_markdown(RiskRegister const& reg, std::string_view language = "en");
[[nodiscard]] std::string to_html_card(RiskRegister const& reg, std::string_view language = "en");
/// The matrix with its risks, threats left and opportunities mirrored on the right when there are
/// any. A complete SVG document.
[[nodiscard]] std::string to_svg(RiskRegister const& reg, std::string_view language = "en");

}  // namespace rapport
