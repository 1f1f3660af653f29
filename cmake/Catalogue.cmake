# Rules are found, not listed: rules/<group>/<name>.cpp with its page <name>.md. Adding one touches nothing else.
function(corefile_add_rules target)
  file(GLOB sources CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/*/*.cpp")
  file(GLOB pages CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/*/*.md")
  list(FILTER sources EXCLUDE REGEX "/rules/plugins/")
  list(FILTER pages EXCLUDE REGEX "/rules/(plugins|platforms)/")
  foreach(page IN LISTS pages)
    string(REGEX REPLACE "\\.md$" ".cpp" source "${page}")
    if(NOT EXISTS "${source}")
      message(FATAL_ERROR "${page} has no rule: write ${source}, or remove the page")
    endif()
  endforeach()
  # By name, as a catalogue is: the ! sorts before whatever goes on with a name.
  list(TRANSFORM sources REPLACE "^(.*/)([^/]*)[.]cpp$" "\\2!\\1\\2.cpp" OUTPUT_VARIABLE by_name)
  list(SORT by_name)
  list(TRANSFORM by_name REPLACE "^[^!]*!" "" OUTPUT_VARIABLE sorted)
  set(declarations "")
  set(entries "")
  set(page_files "")
  foreach(source IN LISTS sorted)
    cmake_path(GET source STEM name)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(GET folder FILENAME group)
    if(NOT EXISTS "${folder}/${name}.md")
      message(FATAL_ERROR "${source} has no page: write ${folder}/${name}.md")
    endif()
    string(MAKE_C_IDENTIFIER "${name}" symbol)
    string(APPEND declarations "namespace ${symbol} {\nextern const Rule rule;\n}\n")
    string(APPEND entries "    {\"${name}\", \"${group}\", page_${symbol}, &rules::${symbol}::rule},\n")
    list(APPEND page_files "${folder}/${name}.md")
  endforeach()

  set(dir "${PROJECT_BINARY_DIR}/generated")
  set(COREFILE_RULE_DECLARATIONS "${declarations}")
  set(COREFILE_RULE_ENTRIES "${entries}")
  configure_file("${PROJECT_SOURCE_DIR}/cmake/catalogue.cpp.in" "${dir}/catalogue.cpp" @ONLY)
  # Pages are embedded at build time, so that editing prose does not configure again.
  file(CONFIGURE OUTPUT "${dir}/pages.list" CONTENT "${page_files}" @ONLY)
  add_custom_command(
    OUTPUT "${dir}/pages.inc"
    COMMAND "${CMAKE_COMMAND}" "-DLIST=${dir}/pages.list" "-DOUTPUT=${dir}/pages.inc" -P
            "${PROJECT_SOURCE_DIR}/cmake/EmbedPages.cmake"
    DEPENDS ${page_files} "${dir}/pages.list" "${PROJECT_SOURCE_DIR}/cmake/EmbedPages.cmake"
    VERBATIM)
  set_source_files_properties("${dir}/catalogue.cpp" PROPERTIES OBJECT_DEPENDS "${dir}/pages.inc")
  # A group is one unit: its rules share most of what they include. Each rule has a namespace of its own name.
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    cmake_path(GET folder FILENAME group)
    set_source_files_properties("${source}" PROPERTIES UNITY_GROUP "rules_${group}")
    corefile_cold_rooms(${target} "rules_${group}")
  endforeach()
  target_sources(${target} PRIVATE ${sources} "${dir}/catalogue.cpp" "${dir}/pages.inc")
  target_include_directories(${target} PRIVATE "${dir}")
endfunction()

# Plugin schemas, rules/plugins/*.yaml, external/ with plugins that are not CoreDNS's own, and the releases are compiled to constant tables; an error in one stops the build with file,
# line and remedy. Functions the schemas name stand in lib/plugins/setup/*.cpp.
function(corefile_add_schemas target)
  file(GLOB schemas CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/plugins/*.yaml" "${PROJECT_SOURCE_DIR}/rules/plugins/external/*.yaml")
  file(GLOB setups CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/lib/plugins/setup/*.cpp")
  # What the compiler of schemas and the library, which reads them at run time too, have in common.
  set(shared "${PROJECT_SOURCE_DIR}/lib/plugins/schema_yaml.cpp" "${PROJECT_SOURCE_DIR}/lib/go/number.cpp" ${COREFILE_FMT_UNIT})
  set_source_files_properties("${PROJECT_SOURCE_DIR}/lib/plugins/schema_yaml.cpp" PROPERTIES COMPILE_OPTIONS "$<$<CONFIG:Release>:-O1>")
  add_library(corefile_schemas OBJECT ${shared})
  set_target_properties(corefile_schemas PROPERTIES POSITION_INDEPENDENT_CODE ON)
  target_include_directories(corefile_schemas PRIVATE "${PROJECT_SOURCE_DIR}/lib" "${PROJECT_SOURCE_DIR}/include")
  target_link_libraries(corefile_schemas PRIVATE corefile_fmt corefile_yaml)
  corefile_warnings(corefile_schemas)
  corefile_generator(compile_schemas "${PROJECT_SOURCE_DIR}/tools/dev/compile_schemas.cpp")
  # The header is a public one.
  set(generated "${PROJECT_BINARY_DIR}/generated")
  set(output "${generated}/plugin_tables.inc" "${generated}/include/corefile/plugin_ids.hpp")
  file(MAKE_DIRECTORY "${generated}/include/corefile")
  add_custom_command(
    OUTPUT ${output}
    COMMAND compile_schemas ${output} "${PROJECT_SOURCE_DIR}/rules/releases.yaml" ${schemas}
    DEPENDS compile_schemas "${PROJECT_SOURCE_DIR}/rules/releases.yaml" ${schemas}
    VERBATIM)
  set_source_files_properties(${setups} PROPERTIES UNITY_GROUP setup)
  target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${generated}/include" FILES "${generated}/include/corefile/plugin_ids.hpp")
  # Compiled twice where the library has flags of its own.
  target_sources(${target} PRIVATE "${generated}/plugin_tables.inc" ${setups}
                                   $<IF:$<BOOL:${COREFILE_OWN_FLAGS}>,${shared},$<TARGET_OBJECTS:corefile_schemas>>)
  # All that is made before anything can be compiled.
  add_custom_target(corefile_generated DEPENDS ${output} "${PROJECT_BINARY_DIR}/generated/pages.inc"
                                               "${PROJECT_BINARY_DIR}/generated/platform_tables.inc")
endfunction()

# rules/platforms/*.yaml, in the same way.
function(corefile_add_platforms target)
  file(GLOB platforms CONFIGURE_DEPENDS "${PROJECT_SOURCE_DIR}/rules/platforms/*.yaml")
  corefile_generator(compile_platforms "${PROJECT_SOURCE_DIR}/tools/dev/compile_platforms.cpp")
  set(output "${PROJECT_BINARY_DIR}/generated/platform_tables.inc")
  add_custom_command(
    OUTPUT "${output}"
    COMMAND compile_platforms "${output}" ${platforms}
    DEPENDS compile_platforms ${platforms}
    VERBATIM)
  target_sources(${target} PRIVATE "${output}")
endfunction()
