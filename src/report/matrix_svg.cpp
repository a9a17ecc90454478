#include "report/matrix_svg.h"

#include <algorithm>
#include <map>
#include <vector>

namespace rapport {
namespace {

constexpr int cell_width = 104, cell_height = 60, label_width = 132, label_height = 40, gap = 18;
constexpr int chip_height = 17, chips_per_line = 2, chip_lines = 2;

std::string attribute(char const* name, int value) {
  return std::string(" ") + name + "=\"" + std::to_string(value) + "\"";
}

/// Where one half of the drawing, threats or opportunities, begins and which way it runs.
struct Half {
  int left = 0;
  bool mirrored = false;
};

/// `text` cut to about `most` columns, a wide character counting as two.
std::string shortened(std::string_view text, int most) {
  std::string out;
  int width = 0;
  for (std::size_t i = 0; i < text.size();) {
    auto const lead = static_cast<unsigned char>(text[i]);
    std::size_t const length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    width += length >= 3 ? 2 : 1;
    if (width > most) return out + "…";
    out.append(text.substr(i, length));
    i += length;
  }
  return out;
}

class Drawing {
 public:
  Drawing(RiskRegister const& reg, std::span<RiskMove const> moves, Wording const& say)
      : reg_(reg), moves_(moves), say_(say) {
    for (OccupiedCell const& cell : occupied()) held_[{cell.sign, cell.cell}] = cell.risks;
    for (auto const& [place, keys] : held_) opportunities_ |= place.first == RiskEffect::Opportunity;
  }

  std::string draw(bool standalone) {
    int const columns = static_cast<int>(reg_.matrix.columns());
    int const half_width = columns * cell_width;
    width_ = label_width + half_width + (opportunities_ ? gap + half_width : 0);
    height_ = title_height() + static_cast<int>(reg_.matrix.rows()) * cell_height + label_height;

    half(RiskEffect::Threat, {label_width, false});
    if (opportunities_) half(RiskEffect::Opportunity, {label_width + half_width + gap, true});
    row_labels();
    arrows();

    std::string text = "<svg class=\"matrix\" role=\"img\" viewBox=\"0 0 " + std::to_string(width_) + " " +
                       std::to_string(height_) + "\" aria-label=\"" + escape(say_("matrix.title")) + "\"";
    if (standalone)
      text +=
          " xmlns=\"http://www.w3.org/2000/svg\"" + attribute("width", width_) + attribute("height", height_);
    text += "><title>" + escape(say_("matrix.title")) + "</title>";
    if (standalone) text += style();
    return text + body_ + "</svg>";
  }

 private:
  static std::string escape(std::string_view text) { return escaped(text, Escape::Html); }

  [[nodiscard]] int title_height() const { return opportunities_ ? 26 : 6; }
  [[nodiscard]] int top(std::size_t row) const {
    return title_height() + static_cast<int>(reg_.matrix.rows() - 1 - row) * cell_height;
  }
  [[nodiscard]] int left(Half const& half, std::size_t column) const {
    std::size_t const place = half.mirrored ? reg_.matrix.columns() - 1 - column : column;
    return half.left + static_cast<int>(place) * cell_width;
  }
  [[nodiscard]] Half half_of(RiskEffect sign) const {
    if (sign == RiskEffect::Threat) return {label_width, false};
    return {label_width + static_cast<int>(reg_.matrix.columns()) * cell_width + gap, true};
  }

  /// All open risks, or where those that move stood before.
  [[nodiscard]] std::vector<OccupiedCell> occupied() const {
    if (moves_.empty()) return reg_.cells();
    std::vector<OccupiedCell> cells;
    for (RiskMove const& move : moves_) {
      RiskEffect const sign = reg_.at(move.risk).risk.sign;
      auto const found = std::ranges::find_if(
          cells, [&](OccupiedCell const& c) { return c.sign == sign && c.cell == move.before.cell; });
      if (found != cells.end())
        found->risks.push_back(move.risk);
      else
        cells.push_back({move.before.cell, sign, {move.risk}});
    }
    return cells;
  }

  void text(int x, int y, std::string_view kind, std::string_view words) {
    body_ += "<text class=\"" + std::string(kind) + "\"" + attribute("x", x) + attribute("y", y) + ">" +
             escape(words) + "</text>";
  }

  void half(RiskEffect sign, Half const& place) {
    if (opportunities_) {
      int const middle = place.left + static_cast<int>(reg_.matrix.columns()) * cell_width / 2;
      text(middle, 16, "middle title",
           say_(sign == RiskEffect::Threat ? "matrix.threats" : "matrix.opportunities"));
    }
    for (std::size_t row = 0; row < reg_.matrix.rows(); ++row)
      for (std::size_t column = 0; column < reg_.matrix.columns(); ++column) cell(sign, place, {row, column});
    int const below = title_height() + static_cast<int>(reg_.matrix.rows()) * cell_height;
    for (std::size_t column = 0; column < reg_.matrix.columns(); ++column) {
      RiskBand const& band = reg_.matrix.scale().impact[column];
      int const middle = left(place, column) + cell_width / 2;
      text(middle, below + 16, "middle", band_name(band));
      text(middle, below + 31, "middle small", say_.number(band.value, 3));
    }
  }

  void cell(RiskEffect sign, Half const& place, RiskCell at) {
    int const x = left(place, at.column), y = top(at.row);
    RiskLevel const& level = reg_.matrix.scale().levels[reg_.matrix.level(at)];
    body_ += "<rect" + attribute("x", x + 1) + attribute("y", y + 1) + attribute("width", cell_width - 2) +
             attribute("height", cell_height - 2) + " rx=\"3\" fill=\"" + level.colour + "\"/>";
    text(x + cell_width - 7, y + cell_height - 7, "end small ink", say_.fixed(reg_.matrix.score(at), 2));
    auto const found = held_.find({sign, at});
    if (found != held_.end()) chips(found->second, x, y);
  }

  void chips(std::vector<std::string> const& keys, int x, int y) {
    constexpr int chip_width = (cell_width - 10) / chips_per_line - 3;
    constexpr auto most = static_cast<std::size_t>(chips_per_line * chip_lines);
    for (std::size_t i = 0; i < std::min(keys.size(), most); ++i) {
      bool const rest = i + 1 == most && keys.size() > most;
      int const slot = static_cast<int>(i);
      int const left_edge = x + 6 + slot % chips_per_line * (chip_width + 4);
      int const top_edge = y + 6 + slot / chips_per_line * (chip_height + 4);
      body_ += "<rect class=\"chip\"" + attribute("x", left_edge) + attribute("y", top_edge) +
               attribute("width", chip_width) + attribute("height", chip_height) + " rx=\"3\"><title>" +
               escape(rest ? joined(keys, i) : keys[i] + " " + reg_.at(keys[i]).risk.title) +
               "</title></rect>";
      text(left_edge + chip_width / 2, top_edge + 12, "middle small ink",
           rest ? "+" + std::to_string(keys.size() - i) : shortened(keys[i], 7));
    }
  }

  static std::string joined(std::vector<std::string> const& keys, std::size_t from) {
    std::string text;
    for (std::size_t i = from; i < keys.size(); ++i) text += (text.empty() ? "" : ", ") + keys[i];
    return text;
  }

  void row_labels() {
    for (std::size_t row = 0; row < reg_.matrix.rows(); ++row) {
      RiskBand const& band = reg_.matrix.scale().probability[row];
      int const middle = top(row) + cell_height / 2;
      text(label_width - 10, middle - 2, "end", band_name(band));
      text(label_width - 10, middle + 13, "end small", say_.number(band.value, 3));
    }
    text(label_width - 10, height_ - label_height + 16, "end small", say_("matrix.axes"));
  }

  std::string band_name(RiskBand const& band) const {
    return band.name.empty() ? say_.number(band.value, 3) : say_.or_verbatim("band." + band.name, band.name);
  }

  void arrows() {
    int shift = 0;
    for (RiskMove const& move : moves_) {
      if (!move.changes_cell()) continue;
      Half const place = half_of(reg_.at(move.risk).risk.sign);
      auto const centre = [&](RiskCell cell) {
        return std::pair(left(place, cell.column) + cell_width / 2 + shift * 8,
                         top(cell.row) + cell_height / 2 + 8);
      };
      auto const [x1, y1] = centre(move.before.cell);
      auto const [x2, y2] = centre(move.after.cell);
      if (arrow_head_.empty()) {
        arrow_head_ =
            "<defs><marker id=\"rapport-arrow\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" "
            "markerHeight=\"7\" orient=\"auto-start-reverse\"><path class=\"head\" d=\"M0 0 8 4 0 "
            "8z\"/></marker></defs>";
        body_ += arrow_head_;
      }
      body_ += "<line class=\"move\"" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
               attribute("y2", y2) + " marker-end=\"url(#rapport-arrow)\"><title>" +
               escape(move.risk + " " + reg_.at(move.risk).risk.title) + "</title></line>";
      shift = (shift + 2) % 5 - 1;
    }
  }

  static std::string style() {
    return "<style>text{font:13px "
           "system-ui,sans-serif;fill:#333}.small{font-size:11px}.title{font-weight:600}"
           ".ink{fill:#1c2530}.middle{text-anchor:middle}.end{text-anchor:end}.chip{fill:#fff;stroke:#"
           "1c253055}"
           ".move{stroke:#1c2530;stroke-width:2}.head{fill:#1c2530}</style>";
  }

  RiskRegister const& reg_;
  std::span<RiskMove const> moves_;
  Wording const& say_;
  std::map<std::pair<RiskEffect, RiskCell>, std::vector<std::string>> held_;
  bool opportunities_ = false;
  int width_ = 0, height_ = 0;
  std::string body_, arrow_head_;
};

}  // namespace

std::string matrix_svg(RiskRegister const& reg, std::span<RiskMove const> moves, Wording const& say,
                       bool standalone) {
  return Drawing(reg, moves, say).draw(standalone);
}

}  // namespace rapport
