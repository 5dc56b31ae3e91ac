@echo off
rem Files and folders that are dropped onto this file, or sent to it, are checked; the result stays on the screen.
setlocal EnableExtensions EnableDelayedExpansion
rem Explorer puts no quotation marks around a name such as R&D.xlsx, and this shell would take the rest for a command.
rem So the program reads the line itself; 99 says that the line is that of a console.
set "MIMAWARI_LINE=!cmdcmdline!"
"%~dp0node\node.exe" "%~dp0app\bin\check-dropped.js"
set "ended=!errorlevel!"
if not "!ended!"=="99" (
  pause
  exit !ended!
)
setlocal DisableDelayedExpansion
set "MIMAWARI_LINE="
"%~dp0node\node.exe" "%~dp0app\bin\mimawari.js" check %*
set "ended=%errorlevel%"
pause
exit /b %ended%
