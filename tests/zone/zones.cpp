// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <corefile/resolve.hpp>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "base/exact_release.hpp"
#include "zone/zone.hpp"

namespace zone = corefile::zone;
using Lines = std::vector<std::string>;

namespace {

struct Case {
  std::string origin;
  std::map<std::string, std::string> files;
};

std::string unquoted(const std::string& text) { return nlohmann::json::parse(text).get<std::string>(); }

// zones.txt, whose head tells its form.
std::map<std::string, Case> read_cases(const std::string& path) {
  std::map<std::string, Case> cases;
  Case* one = nullptr;
  std::string file;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("== ")) {
      const std::size_t blank = line.find(' ', 3);
      one = &cases[line.substr(3, blank - 3)];
      one->origin = line.substr(blank + 1);
      file = "zone";
      one->files[file];
    } else if (line.starts_with("|")) {
      one->files[file] += (line.size() > 2 ? line.substr(2) : std::string()) + "\n";
    } else if (line.starts_with("\\ ")) {
      one->files[file] += unquoted(line.substr(2));
    } else if (line.starts_with("+ ")) {
      file = line.substr(2);
      one->files[file];
    }
  }
  return cases;
}

class Beside : public corefile::Files {
 public:
  explicit Beside(const Case& one) : case_(one) {}
  Content read(const std::string& path) const override {
    if (path == "." || path == "..") return {Status::directory, {}};
    const auto found = case_.files.find(path);
    if (found == case_.files.end()) return {};
    return {Status::ok, found->second};
  }
  std::vector<std::string> list(const std::string&) const override { return {}; }
  bool authoritative(const std::string&) const override { return true; }

 private:
  const Case& case_;
};

// One blank between fields, as in the recording.
std::string collapsed(const std::string& text) {
  std::istringstream words(text);
  std::string out;
  for (std::string word; words >> word;) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string lowered(std::string text) {
  for (char& c : text) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return text;
}

zone::Zone read_zone(const Case& one, const std::string& text, corefile::Release release) {
  const Beside files(one);
  zone::ReadOptions options;
  options.release = release;
  options.origin = one.origin;
  options.path = "zone";
  options.files = &files;
  return zone::read(corefile::Source("zone", text), options);
}

// What a transfer of the zone holds: its last SOA record, and of all others each.
std::set<std::string> records_of(const zone::Zone& read) {
  std::set<std::string> out;
  std::string soa;
  for (const zone::Record& record : read.records) {
    const std::string text = collapsed(record.text(read.release));
    if (record.type == zone::type::soa) {
      soa = text;
    } else {
      out.insert(text);
    }
  }
  if (!soa.empty()) out.insert(soa);
  return out;
}

Lines verdict_of(const zone::Zone& read) {
  if (const zone::Problem* const refusal = read.refusal()) return {"refused " + refusal->message};
  Lines out{"loads"};
  for (const std::string& record : records_of(read)) out.push_back("  = " + record);
  return out;
}

void add(Lines& out, const char* section, const std::vector<zone::Record>& records, corefile::Release release) {
  for (const zone::Record& record : records) out.push_back(fmt::format("  {} {}", section, collapsed(record.text(release))));
}

// As a server with this zone alone: targets in it are asked of it again, others are refused.
zone::Answer ask(const zone::Tree& tree, zone::Question question) {
  zone::Answer answer = zone::answer(tree, question);
  if (!answer.lookup) return answer;
  zone::LookedUp found;
  const std::string name = lowered(answer.lookup->name);
  const std::string& origin = tree.origin();
  const bool inside = origin == "." || name == origin || name.ends_with("." + origin);
  found.rcode = 5;
  if (inside) {
    const zone::Answer deeper = ask(tree, {name, answer.lookup->type, question.dnssec, false, answer.lookup->depth});
    found.rcode = deeper.rcode;
    found.answer = deeper.answer;
  }
  return zone::finish(tree, question, std::move(answer), found);
}

Lines reply_of(const zone::Zone& read, const std::string& query) {
  std::istringstream words(query);
  std::string name;
  std::string type;
  std::string option;
  words >> name >> type >> option;
  zone::Question question;
  question.name = name;
  question.type = *zone::type_number(type, read.release);
  question.dnssec = option == "do=1";
  const zone::Answer answer = ask(zone::Tree(read), question);
  static const std::map<int, std::string> rcodes{{0, "NOERROR"}, {2, "SERVFAIL"}, {3, "NXDOMAIN"}, {5, "REFUSED"}};
  Lines out{rcodes.at(answer.rcode) + (answer.aa ? " aa" : "")};
  add(out, "answer", answer.answer, read.release);
  add(out, "authority", answer.authority, read.release);
  add(out, "extra", answer.additional, read.release);
  return out;
}

struct Tally {
  std::size_t asked = 0, agree = 0, shown = 0;
};

class Comparison {
 public:
  explicit Comparison(std::map<std::string, Case> cases) : cases_(std::move(cases)) {}

  void read(std::istream& in) {
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("== ")) {
        flush();
        name_ = line.substr(3);
        edit_.clear();
        query_.clear();
        text_ = cases_.at(name_).files.at("zone");
      } else if (line.starts_with("~ ")) {
        flush();
        query_.clear();
        edit_ = line.substr(2);
        text_ = edited(cases_.at(name_).files.at("zone"));
      } else if (line.starts_with("? ")) {
        flush();
        query_ = line.substr(2);
      } else if (!name_.empty() && !line.empty() && line.front() != ' ') {
        flush();
        const std::size_t colon = line.find(':');
        releases_ = line.substr(0, colon);
        lines_ = {line.substr(colon + 2)};
      } else if (line.starts_with("  ")) {
        lines_.push_back(line);
      }
    }
    flush();
  }

  Tally verdicts, answers;

 private:
  std::string edited(std::string text) const {
    std::istringstream words(edit_);
    std::size_t at = 0;
    std::size_t size = 0;
    words >> at >> size;
    const std::string quoted = edit_.substr(edit_.find('"'));
    return text.replace(at, size, unquoted(quoted));
  }

  // What was recorded, with plain texts.
  Lines expected(const std::string& release) {
    Lines out;
    for (const std::string& line : lines_) {
      const std::size_t quote = line.find('"');
      out.push_back(quote == std::string::npos ? line : line.substr(0, quote) + unquoted(line.substr(quote)));
    }
    if (!query_.empty()) return out;
    if (edit_.empty()) {
      bases_[release] = out;
      return out;
    }
    const Lines& base = bases_[release];
    if (out.front() != "loads" || base.front() != "loads") return out;
    std::set<std::string> records(base.begin() + 1, base.end());
    for (const std::string& line : out) {
      if (line.starts_with("  - ")) records.erase("  = " + line.substr(4));
      if (line.starts_with("  + ")) records.insert("  = " + line.substr(4));
    }
    Lines whole{"loads"};
    whole.insert(whole.end(), records.begin(), records.end());
    return whole;
  }

  void flush() {
    if (lines_.empty()) return;
    std::istringstream words(releases_);
    for (std::string number; words >> number;) {
      const corefile::Release release = *corefile::parse_exact_release(number);
      const zone::Zone read = read_zone(cases_.at(name_), text_, release);
      const Lines theirs = expected(number);
      const Lines ours = query_.empty() ? verdict_of(read) : reply_of(read, query_);
      Lines left = theirs;
      Lines right = ours;
      if (query_.empty()) {
        std::sort(left.begin(), left.end());
        std::sort(right.begin(), right.end());
      }
      Tally& tally = query_.empty() ? verdicts : answers;
      ++tally.asked;
      tally.agree += left == right ? 1 : 0;
      if (left != right && ++tally.shown <= 60) show(number, left, right);
    }
    lines_.clear();
  }

  void show(const std::string& release, const Lines& theirs, const Lines& ours) const {
    fmt::print("{} {} {} {}\n", name_, release, edit_.empty() ? "" : "~ " + edit_, query_);
    for (const std::string& line : theirs) {
      if (std::find(ours.begin(), ours.end(), line) == ours.end()) fmt::print("  CoreDNS: {}\n", line);
    }
    for (const std::string& line : ours) {
      if (std::find(theirs.begin(), theirs.end(), line) == theirs.end()) fmt::print("  we:      {}\n", line);
    }
  }

  std::map<std::string, Case> cases_;
  std::map<std::string, Lines> bases_;
  std::string name_, edit_, query_, text_, releases_;
  Lines lines_;
};

}  // namespace

/// zones_test FOLDER: whether zone files are read, and questions answered, as the releases in FOLDER/recorded.txt do.
int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const std::string folder = argv[1];
  Comparison comparison(read_cases(folder + "/zones.txt"));
  std::ifstream recorded(folder + "/recorded.txt");
  comparison.read(recorded);
  const Tally& verdicts = comparison.verdicts;
  const Tally& answers = comparison.answers;
  fmt::print("zones: {} of {} verdicts agree, {} of {} answers agree\n", verdicts.agree, verdicts.asked, answers.agree, answers.asked);
  const auto enough = [](const Tally& tally) { return tally.asked > 0 && tally.agree * 1000 >= tally.asked * 995; };
  return enough(verdicts) && enough(answers) ? 0 : 1;
}
