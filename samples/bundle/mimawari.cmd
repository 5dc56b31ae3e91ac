@rem Starts mimawari with the Node.js that lies beside it. A "!" in the folder's name must stay one.
@setlocal DisableDelayedExpansion
@"%~dp0node\node.exe" "%~dp0app\bin\mimawari.js" %*
