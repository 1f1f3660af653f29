# corefile_generator(NAME SOURCE…): a program that the build runs, with what is made of schemas (corefile_schemas). Where the build is for
# another system, a build for this one makes the program.
if(CMAKE_CROSSCOMPILING)
  include(ExternalProject)
  set(COREFILE_HOST "${PROJECT_BINARY_DIR}/host")
  ExternalProject_Add(
    corefile_host
    SOURCE_DIR "${PROJECT_SOURCE_DIR}"
    BINARY_DIR "${COREFILE_HOST}"
    STAMP_DIR "${COREFILE_HOST}/stamps"
    TMP_DIR "${COREFILE_HOST}/tmp"
    CMAKE_ARGS -DCMAKE_BUILD_TYPE=Debug -DCOREFILE_BUILD_TOOLS=OFF -DCOREFILE_BUILD_TESTS=OFF -DCOREFILE_BUILD_CONFORMANCE=OFF
               -DCOREFILE_INSTALL=OFF
    BUILD_COMMAND "${CMAKE_COMMAND}" --build <BINARY_DIR> --target compile_schemas compile_platforms
    BUILD_BYPRODUCTS "${COREFILE_HOST}/lib/compile_schemas" "${COREFILE_HOST}/lib/compile_platforms"
    BUILD_ALWAYS TRUE
    INSTALL_COMMAND "")
endif()

function(corefile_generator name)
  if(CMAKE_CROSSCOMPILING)
    add_executable(${name} IMPORTED GLOBAL)
    set_target_properties(${name} PROPERTIES IMPORTED_LOCATION "${COREFILE_HOST}/lib/${name}")
    add_dependencies(${name} corefile_host)
    return()
  endif()
  add_executable(${name} ${ARGN} $<TARGET_OBJECTS:corefile_schemas>)
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/lib" "${PROJECT_SOURCE_DIR}/include")
  target_link_libraries(${name} PRIVATE corefile_fmt corefile_yaml)
  corefile_warnings(${name})
  # It runs once.
  target_compile_options(${name} PRIVATE -O0)
endfunction()
