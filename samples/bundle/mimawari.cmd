@rem Starts mimawari with the Node.js that lies beside it.
@"%~dp0node\node.exe" "%~dp0app\bin\mimawari.js" %*
