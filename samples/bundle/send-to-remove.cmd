@echo off
rem Removes the entry of Explorer's "Send to" menu for the present user alone; no administrator's rights are needed.
rem The engine is named because another program may have taken over the ending .js; a host that can't be told goes by the ending.
setlocal DisableDelayedExpansion
cscript //nologo //E:JScript "%~dp0app\bin\send-to.js" remove "%~dp0."
if errorlevel 1 cscript //nologo "%~dp0app\bin\send-to.js" remove "%~dp0."
if not defined MIMAWARI_STAY pause
