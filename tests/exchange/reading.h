#ifndef RAPPORT_TESTS_EXCHANGE_READING_H
#define RAPPORT_TESTS_EXCHANGE_READING_H

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "rapport/exchange/read.h"

namespace rapport {

inline std::string bytes_of(std::filesystem::path const& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

template <class T>
T const& fact_called(std::vector<T> const& facts, std::string_view key) {
  auto const place = std::find_if(facts.begin(), facts.end(), [&](T const& fact) { return fact.key == key; });
  if (place == facts.end()) throw NotFound(FactTraits<T>::name, std::string(key));
  return *place;
}

/// All diagnostics, one a line.
inline std::string said(ReadResult const& result) {
  std::string all;
  for (Diagnostic const& diagnostic : result.diagnostics) all += to_string(diagnostic) + "\n";
  return all;
}

constexpr std::int32_t clock_time(int hour, int minute = 0) { return hour * 3600 + minute * 60; }

/// The message of the ParseError that `read` throws; empty when it throws none.
template <class Read>
std::string refusal(Read&& read) {
  try {
    (void)read();
  } catch (ParseError const& error) {
    return error.what();
  }
  return "";
}

}  // namespace rapport

#endif
