#pragma once
// One family of errors for C++, C and Python. An exception is for what the caller cannot continue
// from; Diagnostics tell of what it can.

#include <cstdint>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace rapport {

enum class Severity : std::uint8_t { Info, Warning, Error };

/// One finding about one place of the input.
struct Diagnostic {
  Severity severity = Severity::Warning;
  std::string file;         ///< Name as the caller gave it; empty when there is no file.
  std::int64_t line = 0;    ///< 1-based; 0 when unknown.
  std::int64_t column = 0;  ///< 1-based; 0 when unknown.
  std::string subject;      ///< What it is about: "activity A1040", "table TASKPRED".
  std::string message;      ///< What is the matter, in one sentence.
  std::string action;       ///< What was done about it, or what the reader of this can do.

  friend bool operator==(Diagnostic const&, Diagnostic const&) = default;
};
using Diagnostics = std::vector<Diagnostic>;

/// "plan.xer:120:3: warning: activity A1040: …; …" on one line.
[[nodiscard]] std::string to_string(Diagnostic const& diagnostic);

/// The status numbers of the C ABI; a number never changes its meaning.
enum class Status : std::int32_t {
  Ok = 0,
  InvalidInput = 1,
  NotFound = 2,
  Cycle = 3,
  Parse = 4,
  Store = 5,
  Cancelled = 6,
  OutOfMemory = 7,
  Internal = 8,
};

class Error : public std::runtime_error {
 public:
  /// Bytes of `message` that are no UTF-8 become U+FFFD: what() is for people and for languages that insist.
  Error(Status status, std::string const& message);
  [[nodiscard]] Status status() const noexcept { return status_; }

 private:
  Status status_;
};

/// Facts or options that contradict each other or make no sense.
class InvalidInput : public Error {
 public:
  explicit InvalidInput(std::string const& message, Diagnostics diagnostics = {})
      : Error(Status::InvalidInput, message), diagnostics_(std::move(diagnostics)) {}
  /// The findings it was built from; the message is made of the first few.
  explicit InvalidInput(Diagnostics diagnostics);
  [[nodiscard]] Diagnostics const& diagnostics() const noexcept { return diagnostics_; }

 private:
  Diagnostics diagnostics_;
};

/// A key that names nothing.
class NotFound : public Error {
 public:
  /// `place` says where the key stands, "change CR-1, edit 2"; it opens the message.
  NotFound(std::string kind, std::string key, std::vector<std::string> nearest = {},
           std::string const& place = {});
  [[nodiscard]] std::string const& kind() const noexcept { return kind_; }
  [[nodiscard]] std::string const& key() const noexcept { return key_; }
  /// Existing keys that look like it, best first, at most five.
  [[nodiscard]] std::vector<std::string> const& nearest() const noexcept { return nearest_; }

 private:
  std::string kind_, key_;
  std::vector<std::string> nearest_;
};

/// Activities that wait for each other.
class CycleError : public Error {
 public:
  /// `keys` in order along the loop, the first not repeated.
  explicit CycleError(std::vector<std::string> keys);
  [[nodiscard]] std::vector<std::string> const& keys() const noexcept { return keys_; }

 private:
  std::vector<std::string> keys_;
};

/// Text that is not what it claims to be.
class ParseError : public Error {
 public:
  ParseError(std::string file, std::int64_t line, std::int64_t column, std::string const& message);
  [[nodiscard]] std::string const& file() const noexcept { return file_; }
  [[nodiscard]] std::int64_t line() const noexcept { return line_; }
  [[nodiscard]] std::int64_t column() const noexcept { return column_; }

 private:
  std::string file_;
  std::int64_t line_, column_;
};

/// A store file that is no store, is locked, or could not be written.
class StoreError : public Error {
 public:
  StoreError(int sqlite_code, std::string const& message)
      : Error(Status::Store, message), sqlite_code_(sqlite_code) {}
  [[nodiscard]] int sqlite_code() const noexcept { return sqlite_code_; }

 private:
  int sqlite_code_;
};

/// The caller asked to stop.
class Cancelled : public Error {
 public:
  explicit Cancelled(double fraction_done);
  [[nodiscard]] double fraction_done() const noexcept { return fraction_done_; }

 private:
  double fraction_done_;
};

/// Up to five of `keys` that resemble `key` (edit distance, case ignored), best first.
/// Cost: O(|keys| · |key|²).
[[nodiscard]] std::vector<std::string> nearest_keys(std::string_view key,
                                                    std::vector<std::string> const& keys);

}  // namespace rapport
