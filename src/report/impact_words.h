#pragma once
// An ImpactPage in the words of a language: what the templates of internal copies are filled with.

#include <nlohmann/json.hpp>

#include "notice/wording.h"
#include "rapport/report/page.h"

namespace rapport {

/// All sections of the page: texts ready to insert, not yet escaped, and pictures (svg).
[[nodiscard]] nlohmann::json impact_words(ImpactPage const& page, Wording const& say);

/// The sections on cost, on quality, on risks and on people; parts of the above.
[[nodiscard]] nlohmann::json cost_words(ImpactPage const& page, Wording const& say);
[[nodiscard]] nlohmann::json quality_words(ImpactPage const& page, Wording const& say);
[[nodiscard]] nlohmann::json risk_move_words(ImpactPage const& page, Wording const& say);
[[nodiscard]] nlohmann::json people_words(ImpactPage const& page, Wording const& say);

/// The figures below the headline.
[[nodiscard]] nlohmann::json figures(ImpactPage const& page, Wording const& say);

/// One row of the table of milestones, and the words for a shift between two dates: {before, after,
/// shift, later, earlier, same}; a side that is absent is left out.
[[nodiscard]] nlohmann::json shift_words(std::optional<Instant> before, std::optional<Instant> after,
                                         Wording const& say);

/// {label, value, tone, notes: […]}: one of the figures below the headline.
[[nodiscard]] nlohmann::json figure(std::string label, std::string value, std::string tone,
                                    std::vector<std::string> const& notes);

/// What the page calls a fact; its key when it has no name there.
[[nodiscard]] std::string name_in(ImpactPage const& page, FactKind kind, std::string const& key);

/// `value` with the asterisk of figures that rest on an assumption.
[[nodiscard]] std::string marked(std::string value, bool assumed);

/// "worse", "better" or "same", for a number that is worse when it grows.
[[nodiscard]] char const* tone_of(std::int64_t growth);

}  // namespace rapport
