#include "exchange/xer_file.h"

#include <algorithm>

namespace rapport {
namespace {

std::vector<std::string_view> split_tabs(std::string_view text) {
  std::vector<std::string_view> fields;
  while (true) {
    std::size_t const tab = text.find('\t');
    fields.push_back(text.substr(0, tab));
    if (tab == std::string_view::npos) return fields;
    text.remove_prefix(tab + 1);
  }
}

bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n\x1A") == std::string_view::npos;
}

std::string_view after_mark(std::string_view line) {
  return line.substr(std::min<std::size_t>(3, line.size()));
}

class Splitter {
 public:
  Splitter(std::string_view bytes, std::string_view file, std::vector<std::string_view> const& kept,
           Findings& findings)
      : bytes_(bytes), file_(file), kept_(kept), findings_(findings) {}

  XerFile split() {
    read_header();
    while (at_ < bytes_.size() && !ended_) read_line();
    if (!ended_) note_missing_end();
    result_.readable = bytes_.data() + bytes_.size();
    return std::move(result_);
  }

 private:
  [[noreturn]] void refuse(std::string const& message) const {
    throw ParseError(std::string(file_), number_, 1, message);
  }

  /// The next line without its end; sets whole_ when the end was there.
  std::string_view next_line() {
    auto const* const start = bytes_.data() + at_;
    auto const* const newline = static_cast<char const*>(std::memchr(start, '\n', bytes_.size() - at_));
    whole_ = newline != nullptr;
    std::size_t length = whole_ ? static_cast<std::size_t>(newline - start) : bytes_.size() - at_;
    at_ += length + (whole_ ? 1 : 0);
    ++number_;
    if (length > 0 && start[length - 1] == '\r') --length;
    return {start, length};
  }

  void read_header() {
    std::string_view line;
    do {
      line = next_line();
    } while (is_blank(line) && at_ < bytes_.size());
    if (!line.starts_with("ERMHDR"))
      refuse("a Primavera XER begins with ERMHDR; this is another kind of file");
    result_.header = split_tabs(line);
  }

  void read_line() {
    std::string_view const line = next_line();
    char const mark = line.size() >= 2 && line[0] == '%' ? line[1] : '\0';
    if (mark == 'R') {
      read_row(line);
    } else if (mark == 'T') {
      result_.tables.push_back({.name = after_mark(line), .line = number_, .columns = {}, .rows = {}});
      keep_ = std::find(kept_.begin(), kept_.end(), result_.tables.back().name) != kept_.end();
    } else if (mark == 'F') {
      if (result_.tables.empty()) refuse("columns (%F) come before any table (%T)");
      result_.tables.back().columns = split_tabs(after_mark(line));
    } else if (mark == 'E') {
      ended_ = true;
      if (!is_blank(bytes_.substr(at_))) {
        findings_.add(Severity::Warning, number_ + 1, "file", "there is text after the end mark %E",
                      "it is not read");
      }
    } else if (!is_blank(line)) {
      read_other(line);
    }
  }

  void read_row(std::string_view line) {
    if (result_.tables.empty()) refuse("a row (%R) comes before any table (%T)");
    XerTable& table = result_.tables.back();
    if (table.columns.empty())
      refuse("table " + std::string(table.name) + " has rows (%R) but no columns (%F)");
    ++table.row_count;
    if (keep_) table.rows.push_back({after_mark(line), number_});
  }

  /// A text field may hold a bare line break; its rest belongs to the row before.
  void read_other(std::string_view line) {
    if (result_.tables.empty()) refuse("expected a table (%T) here");
    XerTable& table = result_.tables.back();
    if (table.row_count == 0 || line.starts_with('%')) {
      findings_.add(Severity::Warning, number_, "table " + std::string(table.name),
                    "a line that is neither table, columns nor row", "it is not read");
      return;
    }
    findings_.add(Severity::Info, number_, "table " + std::string(table.name),
                  "a row of " + std::string(table.name) + " runs over several lines",
                  "the lines are read as one row");
    if (keep_) {
      std::string_view& fields = table.rows.back().fields;
      fields = {fields.data(), static_cast<std::size_t>(line.data() + line.size() - fields.data())};
    }
  }

  void note_missing_end() {
    std::string action = "check that the file is complete";
    if (!whole_ && !result_.tables.empty() && !result_.tables.back().rows.empty() &&
        result_.tables.back().rows.back().number == number_) {
      result_.tables.back().rows.pop_back();
      action = "the last row, which may be cut off, is left out; " + action;
    }
    findings_.add(Severity::Warning, number_, "file", "the file ends without the end mark %E", action);
  }

  std::string_view bytes_, file_;
  std::vector<std::string_view> const& kept_;
  Findings& findings_;
  XerFile result_;
  std::size_t at_ = 0;
  std::int64_t number_ = 0;
  bool whole_ = true, ended_ = false, keep_ = false;
};

}  // namespace

XerFile split_xer(std::string_view bytes, std::string_view file,
                  std::vector<std::string_view> const& kept_tables, Findings& findings) {
  return Splitter(bytes, file, kept_tables, findings).split();
}

std::size_t row_count(XerFile const& file, std::string_view table) {
  std::size_t count = 0;
  for (XerTable const& each : file.tables) count += each.name == table ? each.rows.size() : 0;
  return count;
}

void list_other_columns(XerTable const& table, std::vector<std::string_view> const& others,
                        Findings& findings) {
  if (others.empty() || table.row_count == 0) return;
  std::string names;
  for (std::string_view const name : others) (names += names.empty() ? "" : ", ") += name;
  findings.add(Severity::Info, table.line, "table " + std::string(table.name),
               "columns that no fact is made of: " + names, "not kept");
}

}  // namespace rapport
