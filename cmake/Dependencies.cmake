# Debian 12 packages; everything is PRIVATE to the library, so a user of it needs none of them to compile.
find_package(pegtl REQUIRED)          # tao-pegtl-dev
find_package(fmt REQUIRED)            # libfmt-dev
find_package(nlohmann_json REQUIRED)  # nlohmann-json3-dev
find_package(yaml-cpp REQUIRED)       # libyaml-cpp-dev
if(WIN32)
  find_package(re2 REQUIRED)
else()
  find_package(PkgConfig REQUIRED)
  pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)  # libre2-dev
  # Its -pthread would keep the other targets from sharing the library's precompiled header.
  set_target_properties(PkgConfig::re2 PROPERTIES INTERFACE_COMPILE_OPTIONS "")
  add_library(re2::re2 ALIAS PkgConfig::re2)
endif()
if(COREFILE_BUILD_TOOLS)
  find_package(CLI11 REQUIRED)  # libcli11-dev
  find_package(Threads REQUIRED)
endif()
# Hashes alone, in 60 KB; dpkg stands on it. Windows has its own.
if(COREFILE_BUILD_TOOLS AND NOT WIN32)
  pkg_check_modules(md REQUIRED IMPORTED_TARGET libmd)  # libmd-dev
endif()
# corefile-webhook serves HTTPS with Boost.Asio and OpenSSL: libboost1.81-dev (or another from 1.74 on), libssl-dev.
# It is for Linux, and for whatever has POSIX's sockets and signals.
set(COREFILE_WEBHOOK OFF CACHE INTERNAL "")
if(COREFILE_BUILD_TOOLS AND NOT WIN32)
  find_package(Boost 1.74 QUIET)
  find_package(OpenSSL 3 QUIET)
  if(Boost_FOUND AND OPENSSL_FOUND)
    set(COREFILE_WEBHOOK ON CACHE INTERNAL "")
  else()
    message(STATUS "corefile-webhook is not built: it needs Boost 1.74 or later (libboost1.81-dev, libboost-dev) and OpenSSL 3 (libssl-dev)")
  endif()
endif()
if(COREFILE_BUILD_TESTS)
  find_package(doctest REQUIRED)  # doctest-dev
endif()
if(COREFILE_BUILD_BENCH)
  find_package(benchmark REQUIRED)  # libbenchmark-dev
endif()

# The archives, for a program without a dynamic linker. Debian's packages ship them beside the shared libraries.
find_library(COREFILE_YAML_CPP NAMES libyaml-cpp.a)
find_library(COREFILE_RE2 NAMES libre2.a)
find_library(COREFILE_MD NAMES libmd.a)
mark_as_advanced(COREFILE_YAML_CPP COREFILE_RE2 COREFILE_MD)
add_library(corefile_yaml INTERFACE)
add_library(corefile_re2 INTERFACE)
add_library(corefile_fmt INTERFACE)
add_library(corefile_md INTERFACE)
if(COREFILE_BUILD_TOOLS AND NOT WIN32)
  target_link_libraries(corefile_md INTERFACE "$<IF:$<BOOL:${COREFILE_MD}>,${COREFILE_MD},PkgConfig::md>")
endif()
# macOS links no program statically.
if(COREFILE_STATIC AND COREFILE_YAML_CPP AND COREFILE_RE2 AND NOT APPLE)
  set(COREFILE_STATIC_PROGRAMS ON)
  target_link_libraries(corefile_yaml INTERFACE "${COREFILE_YAML_CPP}")
  target_link_libraries(corefile_re2 INTERFACE "${COREFILE_RE2}")
  # Debian has no archive of fmt: lib/base/fmt.cpp is one. Header-only, every file that formats would compile all of it.
  target_include_directories(corefile_fmt SYSTEM INTERFACE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>)
  set(COREFILE_FMT_UNIT "${PROJECT_SOURCE_DIR}/lib/base/fmt.cpp")
else()
  set(COREFILE_STATIC_PROGRAMS OFF)
  # yaml-cpp 0.8 renamed its target.
  target_link_libraries(corefile_yaml INTERFACE $<IF:$<TARGET_EXISTS:yaml-cpp::yaml-cpp>,yaml-cpp::yaml-cpp,yaml-cpp>)
  target_link_libraries(corefile_re2 INTERFACE re2::re2)
  target_link_libraries(corefile_fmt INTERFACE fmt::fmt)
  set(COREFILE_LIBS_PRIVATE " -lfmt")
endif()

if(COREFILE_WEBHOOK)
  add_library(corefile_asio INTERFACE)
  target_include_directories(corefile_asio SYSTEM INTERFACE ${Boost_INCLUDE_DIRS})
  # Headers alone, and none of the deprecated parts.
  target_compile_definitions(corefile_asio INTERFACE BOOST_ERROR_CODE_HEADER_ONLY BOOST_ASIO_NO_DEPRECATED BOOST_BEAST_USE_STD_STRING_VIEW)
  find_library(COREFILE_SSL NAMES libssl.a)
  find_library(COREFILE_CRYPTO NAMES libcrypto.a)
  mark_as_advanced(COREFILE_SSL COREFILE_CRYPTO)
  if(COREFILE_STATIC_PROGRAMS AND COREFILE_SSL AND COREFILE_CRYPTO)
    target_link_libraries(corefile_asio INTERFACE "${COREFILE_SSL}" "${COREFILE_CRYPTO}" Threads::Threads ${CMAKE_DL_LIBS})
  else()
    target_link_libraries(corefile_asio INTERFACE OpenSSL::SSL OpenSSL::Crypto Threads::Threads)
  endif()
endif()
