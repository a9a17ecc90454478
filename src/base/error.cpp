#include "rapport/base/error.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <numeric>

#include "base/utf8.h"

namespace rapport {
namespace {

std::string summary(Diagnostics const& diagnostics) {
  constexpr std::size_t shown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, diagnostics.size()); ++i) {
    if (i) text += "\n";
    text += to_string(diagnostics[i]);
  }
  if (diagnostics.size() > shown) text += "\n… and " + std::to_string(diagnostics.size() - shown) + " more";
  return text.empty() ? "invalid input" : text;
}

std::string absent(std::string const& kind, std::string const& key, std::vector<std::string> const& nearest,
                   std::string const& place) {
  std::string text = (place.empty() ? "" : place + ": ") + "there is no " + kind + " " + key;
  for (std::size_t i = 0; i < nearest.size(); ++i)
    text += (i == 0 ? "; did you mean " : i + 1 == nearest.size() ? " or " : ", ") + nearest[i];
  return nearest.empty() ? text : text + "?";
}

std::string loop(std::vector<std::string> const& keys) {
  if (keys.empty()) return "the links form a loop";
  std::string path;
  for (auto const& key : keys) path += key + " → ";
  return "activity " + keys.front() + " waits for itself: " + path + keys.front() +
         "; remove one of these links";
}

std::string placed(std::string const& file, std::int64_t line, std::int64_t column,
                   std::string const& message) {
  std::string text = file;
  if (line > 0) text += (text.empty() ? "line " : ":") + std::to_string(line);
  if (line > 0 && column > 0) text += ":" + std::to_string(column);
  return text.empty() ? message : text + ": " + message;
}

std::size_t distance(std::string const& a, std::string const& b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)});
      diagonal = above;
    }
  }
  return row.back();
}

std::string lower(std::string_view text) {
  std::string result(text);
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

}  // namespace

std::string to_string(Diagnostic const& diagnostic) {
  char const* const severity = diagnostic.severity == Severity::Error     ? "error"
                               : diagnostic.severity == Severity::Warning ? "warning"
                                                                          : "note";
  std::string text =
      placed(diagnostic.file, diagnostic.line, diagnostic.column, std::string(severity) + ": ");
  if (!diagnostic.subject.empty()) text += diagnostic.subject + ": ";
  text += diagnostic.message;
  if (!diagnostic.action.empty()) text += "; " + diagnostic.action;
  return text;
}

Error::Error(Status status, std::string const& message)
    : std::runtime_error(holds_utf8(message) ? message : with_utf8(message)), status_(status) {}

InvalidInput::InvalidInput(Diagnostics diagnostics)
    : Error(Status::InvalidInput, summary(diagnostics)), diagnostics_(std::move(diagnostics)) {}

NotFound::NotFound(std::string kind, std::string key, std::vector<std::string> nearest,
                   std::string const& place)
    : Error(Status::NotFound, absent(kind, key, nearest, place)),
      kind_(std::move(kind)),
      key_(std::move(key)),
      nearest_(std::move(nearest)) {}

CycleError::CycleError(std::vector<std::string> keys)
    : Error(Status::Cycle, loop(keys)), keys_(std::move(keys)) {}

ParseError::ParseError(std::string file, std::int64_t line, std::int64_t column, std::string const& message)
    : Error(Status::Parse, placed(file, line, column, message)),
      file_(std::move(file)),
      line_(line),
      column_(column) {}

Cancelled::Cancelled(double fraction_done)
    : Error(Status::Cancelled, "cancelled at the caller's request after " +
                                   std::to_string(static_cast<int>(fraction_done * 100)) + " %"),
      fraction_done_(fraction_done) {}

std::vector<std::string> nearest_keys(std::string_view key, std::vector<std::string> const& keys) {
  // A key of thousands of characters is no typing slip of another; comparing it would only cost.
  constexpr std::size_t longest = 200, shown = 5;
  if (key.size() > longest) return {};
  std::string const wanted = lower(key);
  std::size_t const limit = std::max<std::size_t>(2, key.size() / 3);
  std::vector<std::pair<std::size_t, std::string const*>> found;
  for (auto const& candidate : keys) {
    if (candidate.size() > longest || candidate.size() > key.size() + limit) continue;
    if (auto const d = distance(wanted, lower(candidate)); d <= limit) found.emplace_back(d, &candidate);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](auto const& a, auto const& b) { return a.first < b.first; });
  if (found.size() > shown) found.resize(shown);
  std::vector<std::string> result;
  for (auto const& [d, candidate] : found) result.push_back(*candidate);
  return result;
}

}  // namespace rapport
