# The files that include yaml-cpp, which throws. What they throw ends in them.
set(COREFILE_YAML_DOOR "${PROJECT_SOURCE_DIR}/lib/manifest/tree.cpp" "${PROJECT_SOURCE_DIR}/lib/plugins/schema_yaml.cpp")

if(COREFILE_NO_EXCEPTIONS OR COREFILE_STDLIB)
  set(COREFILE_OWN_FLAGS ON)
else()
  set(COREFILE_OWN_FLAGS OFF)
endif()

# Off in the usual builds: a std::bad_alloc that passes through code without exceptions leaves behind what that code held, and the
# webhook goes on after one.
function(corefile_exceptions target)
  set(door "")
  if(COREFILE_STDLIB)
    target_compile_options(${target} PRIVATE "-stdlib=${COREFILE_STDLIB}")
    list(APPEND door -stdlib=libstdc++)  # what yaml-cpp itself was compiled with
  endif()
  if(COREFILE_NO_EXCEPTIONS)
    target_compile_options(${target} PRIVATE -fno-exceptions)
    list(APPEND door -fexceptions)
  endif()
  if(door)
    set_source_files_properties(${COREFILE_YAML_DOOR} PROPERTIES COMPILE_OPTIONS "${door}" SKIP_PRECOMPILE_HEADERS ON)
  endif()
endfunction()
