// SPDX-License-Identifier: Apache-2.0
#include "command_line.hpp"

#include <algorithm>

#include "app.hpp"
#include "words.hpp"

namespace corefile::app {

void many(CLI::App& app, const char* name, std::vector<std::string>& values) {
  app.add_option(name, values)->allow_extra_args(false)->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void each(CLI::App& app, const char* name, const std::function<void(const std::string&)>& see) {
  app.add_option_function<std::string>(name, see)->allow_extra_args(false)->expected(1)->trigger_on_parse();
}

void parse_words(CLI::App& app, std::vector<std::string> words) {
  app.allow_extras();
  std::reverse(words.begin(), words.end());
  try {
    app.parse(words);
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string_view text = error.what();  // `--format: 1 required TEXT missing`
    throw UsageError(std::string(text.substr(0, text.find(':'))) + " needs a value");
  } catch (const CLI::ParseError& error) {
    throw UsageError(error.what());
  }
  std::vector<std::string> extra = app.remaining();
  std::erase(extra, "--");
  if (extra.empty()) return;
  const std::string& word = extra.front();
  if (!word.starts_with('-')) throw UsageError("one argument too many: `" + word + '`');
  const std::string name = word.substr(0, word.find('='));
  const std::vector<std::string> names = option_names(app);
  const std::vector<std::string_view> known(names.begin(), names.end());
  throw UsageError("there is no option `" + name + '`' + did_you_mean(name, known));
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    if (!option->get_positional()) names.push_back(option->get_name());
  }
  return names;
}

}  // namespace corefile::app
