#include "exchange/xer_file.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "base/utf8.h"
#include "exchange/byte_scan.h"

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
  Splitter(std::string_view bytes, std::string_view file, Findings& findings)
      : bytes_(bytes), file_(file), findings_(findings) {}

  XerFile split() {
    read_header();
    while (at_ < bytes_.size() && !ended_) {
      if (bytes_.substr(at_).starts_with(row_mark))
        read_rows();
      else
        read_line();
    }
    if (!ended_) note_missing_end();
    result_.readable = bytes_.data() + bytes_.size();
    return std::move(result_);
  }

 private:
  static constexpr std::string_view row_mark = "%R";

  [[noreturn]] void refuse(std::string const& message) const {
    throw ParseError(std::string(file_), number_, 1, message);
  }

  /// The next line without its end.
  std::string_view next_line() {
    std::size_t const stop = std::min(bytes_.find('\n', at_), bytes_.size());
    std::size_t const start = at_;
    std::string_view line = bytes_.substr(start, stop - start);
    at_ = std::min(stop + 1, bytes_.size());
    ++number_;
    if (line.ends_with('\r')) line.remove_suffix(1);
    note_beyond_ascii(bytes_.substr(start, at_ - start));
    return line;
  }

  void note_beyond_ascii(std::string_view part) {
    if (holds_ascii(part)) return;
    std::string_view& all = result_.beyond_ascii;
    char const* const from = all.empty() ? part.data() : all.data();
    all = {from, static_cast<std::size_t>(part.data() + part.size() - from)};
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
    if (mark == 'T') {
      XerTable& table = result_.tables.emplace_back();
      table.name = after_mark(line);
      table.line = number_;
    } else if (mark == 'F') {
      if (result_.tables.empty()) refuse("columns (%F) come before any table (%T)");
      result_.tables.back().columns = split_tabs(after_mark(line));
    } else if (mark == 'E') {
      ended_ = true;
      note_beyond_ascii(bytes_.substr(at_));
      if (!is_blank(bytes_.substr(at_))) {
        findings_.add(Severity::Warning, number_ + 1, "file", "there is text after the end mark %E",
                      "it is not read");
      }
    } else if (!is_blank(line)) {
      read_other(line);
    }
  }

  /// A row and all that come right after it.
  void read_rows() {
    ++number_;
    if (result_.tables.empty()) refuse("a row (%R) comes before any table (%T)");
    XerTable& table = result_.tables.back();
    if (table.columns.empty())
      refuse("table " + std::string(table.name) + " has rows (%R) but no columns (%F)");
    if (table.row_count == 0) {
      table.body = bytes_.substr(at_, 0);
      table.body_line = number_;
    }
    LineScan const rows = scan_lines(bytes_.substr(at_), row_mark[0], row_mark[1]);
    at_ += rows.size;
    number_ += rows.lines - 1;
    table.row_count += rows.lines;
    if (!rows.ascii) note_beyond_ascii(bytes_.substr(at_ - rows.size, rows.size));
    after_row_ = true;
    extend_body();
  }

  void extend_body() {
    std::string_view& body = result_.tables.back().body;
    body = {body.data(), static_cast<std::size_t>(bytes_.data() + at_ - body.data())};
  }

  /// A text field may hold a bare line break; its rest belongs to the row before.
  void read_other(std::string_view line) {
    if (result_.tables.empty()) refuse("expected a table (%T) here");
    XerTable const& table = result_.tables.back();
    after_row_ = after_row_ && table.row_count > 0 && !line.starts_with('%');
    if (!after_row_) {
      findings_.add(Severity::Warning, number_, "table " + std::string(table.name),
                    "a line that is neither table, columns nor row", "it is not read");
      return;
    }
    findings_.add(Severity::Info, number_, "table " + std::string(table.name),
                  "a row of " + std::string(table.name) + " runs over several lines",
                  "the lines are read as one row");
    extend_body();
  }

  void note_missing_end() {
    std::string action = "check that the file is complete";
    std::string_view const last = bytes_.substr(bytes_.rfind('\n') + 1);
    if (last.starts_with(row_mark)) {
      result_.tables.back().body.remove_suffix(last.size());
      action = "the last row, which may be cut off, is left out; " + action;
    }
    findings_.add(Severity::Warning, number_, "file", "the file ends without the end mark %E", action);
  }

  std::string_view bytes_, file_;
  Findings& findings_;
  XerFile result_;
  std::size_t at_ = 0;
  std::int64_t number_ = 0;
  bool ended_ = false, after_row_ = false;
};

}  // namespace

XerFile split_xer(std::string_view bytes, std::string_view file, Findings& findings) {
  return Splitter(bytes, file, findings).split();
}

void XerRows::skip_line() {
  auto const* const newline =
      static_cast<char const*>(std::memchr(at_, '\n', static_cast<std::size_t>(end_ - at_)));
  at_ = newline == nullptr ? end_ : newline + 1;
  ++next_line_;
}

bool XerRows::next(std::size_t wanted) {
  while (end_ - at_ >= 2 && !(at_[0] == '%' && at_[1] == 'R')) skip_line();
  if (end_ - at_ < 2) return false;
  line_ = next_line_++;
  begin_ = at_ + 2;
  if (begin_ != end_ && *begin_ != '\r' && *begin_ != '\n') ++begin_;
  ends_.resize(wanted + 64);
  count_ = 0;
  bool several_lines = false;
  char const* stop = nullptr;
  for (char const* block = begin_; stop == nullptr; block += 64) {
    auto const left = static_cast<std::size_t>(end_ - block);
    char const* from = block;
    char padded[64];
    if (readable_ - block < 64) {
      std::memcpy(padded, block, left);
      from = padded;
    }
    std::uint64_t tabs = bytes_equal(from, '\t'), breaks = bytes_equal(from, '\n');
    if (left <= 64) {
      std::uint64_t const within = left == 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << left) - 1;
      tabs &= within, breaks &= within;
      stop = end_;
    }
    for (; breaks != 0; breaks &= breaks - 1) {
      char const* const newline = block + std::countr_zero(breaks);
      if (newline + 1 == end_ || newline[1] == '%') {
        stop = newline;
        tabs &= (breaks & -breaks) - 1;
        break;
      }
      several_lines = true;
      ++next_line_;
    }
    if (count_ >= wanted) continue;
    for (; tabs != 0; tabs &= tabs - 1)
      ends_[count_++] =
          static_cast<std::size_t>(block - begin_) + static_cast<unsigned>(std::countr_zero(tabs));
  }
  at_ = stop == end_ ? end_ : stop + 1;
  size_ = static_cast<std::size_t>(stop - begin_);
  if (several_lines) leave_out_blank_lines();
  if (fields().ends_with('\r')) --size_;
  if (count_ < wanted) ends_[count_++] = size_;
  count_ = std::min(count_, wanted);
  return true;
}

void XerRows::leave_out_blank_lines() {
  while (true) {
    std::size_t const newline = fields().rfind('\n');
    if (newline == std::string_view::npos || !is_blank(fields().substr(newline))) break;
    size_ = newline;
  }
  while (count_ > 0 && ends_[count_ - 1] >= size_) --count_;
}

std::size_t row_count(XerFile const& file, std::string_view table) {
  std::size_t count = 0;
  for (XerTable const& each : file.tables)
    count += each.name == table ? static_cast<std::size_t>(each.row_count) : 0;
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
